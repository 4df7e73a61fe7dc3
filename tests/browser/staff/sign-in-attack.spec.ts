import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { expect, test } from "playwright/test";
import { createStaff, query, removeStaff, type TestStaff } from "../sign-in";
import { type Client, openClient, startFlood, trySignIn } from "./flood";

const password = "tangerine lamp quarry 9";
const people: TestStaff[] = [];
const clients: Client[] = [];

// Attackers use 127.1.…, people 127.2.…, so no other test signs in from their networks. Each address is used once,
// because the server remembers them.
let networks = 0;
const attackers = (count: number) => Array.from({ length: count }, () => `127.1.${networks++}.1`);
const strangers = () => `${randomUUID()}@desk.example`;

async function createPerson() {
  const person = await createStaff("agent", { passwordHash: await hash(password) });
  people.push(person);
  return person;
}

/** A browser in a network of its own, from which nobody has signed in. */
function openBrowser(address = `127.2.${networks++}.1`): Client {
  const client = openClient(address);
  clients.push(client);
  return client;
}

/** Signs in from a browser that has only the device cookie, as on the next morning. */
async function signInAgain(client: Client, email: string) {
  client.csrfToken = undefined;
  for (const name of client.cookies.keys()) if (!name.includes("desk-device-")) client.cookies.delete(name);
  return trySignIn(client, email, password);
}

/** Reports how long each of these takes with the test's result; no test asserts a time. */
async function measure<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  const text = `${what}: ${Math.round(performance.now() - start)} ms`;
  test.info().annotations.push({ type: "measured", description: text });
  console.log(text, JSON.stringify(result));
  return result;
}

test.afterEach(async () => {
  for (const { agent } of clients.splice(0)) agent.destroy();
  await query("delete from sign_in_attempts where network like '127.1.%' or network like '127.2.%'");
});
test.afterAll(() => removeStaff(people));

// Each also waits for a flood's answers, and those are delayed.
test.setTimeout(240_000);

test("without a flood a sign-in takes this long here", async () => {
  const person = await createPerson();
  for (let n = 0; n < 3; n++) {
    const answer = await measure("no flood", () => trySignIn(openBrowser(), person.email, password));
    expect(answer).toMatchObject({ status: 200 });
  }
});

for (const connections of [60, 500]) {
  test(`${connections} connections from one address keep nobody else out`, async () => {
    const newcomer = await createPerson();
    const stop = await startFlood({ addresses: attackers(1), connections, email: strangers });
    for (let n = 0; n < 3; n++) {
      const answer = await measure("a new browser", () => trySignIn(openBrowser(), newcomer.email, password));
      expect(answer).toMatchObject({ status: 200 });
    }
    console.log(await stop());
  });
}

test("a flood at one account from one address does not lock its person out", async () => {
  const person = await createPerson();
  const stop = await startFlood({ addresses: attackers(1), connections: 60, email: () => person.email });
  expect(await measure("a new browser", () => trySignIn(openBrowser(), person.email, password))).toMatchObject({
    status: 200,
  });
  expect(Object.keys(await stop()).sort()).toEqual(["401 wrong", "429 throttled", "503 busy"]);
});

test("a flood at one account from everywhere leaves its person the browser and the network they know", async () => {
  const person = await createPerson();
  const browser = openBrowser();
  expect(await trySignIn(browser, person.email, password)).toMatchObject({ status: 200 });
  const stop = await startFlood({ addresses: attackers(30), connections: 2, email: () => person.email });
  expect(await measure("its browser, elsewhere", () => signInAgain(move(browser), person.email))).toMatchObject({
    status: 200,
  });
  const beside = openBrowser(browser.address.replace(/\.1$/, ".9"));
  expect(await measure("its network, another browser", () => trySignIn(beside, person.email, password))).toMatchObject({
    status: 200,
  });
  expect(
    await measure("a new browser elsewhere", () => trySignIn(openBrowser(), person.email, password)),
  ).toMatchObject({ status: 429 });
  console.log(await stop());
});

test("a flood at all accounts from everywhere leaves the browsers that people have signed in on", async () => {
  const person = await createPerson();
  const browser = openBrowser();
  expect(await trySignIn(browser, person.email, password)).toMatchObject({ status: 200 });
  const stop = await startFlood({ addresses: attackers(30), connections: 3, email: strangers });
  for (let n = 0; n < 3; n++) {
    expect(await measure("its browser", () => signInAgain(browser, person.email))).toMatchObject({ status: 200 });
  }
  // Each of the attacker's addresses has failed once, so they wait in another lane than addresses that have not.
  await expect.poll(() => stop.answers["401 wrong"] ?? 0, { timeout: 60_000 }).toBeGreaterThanOrEqual(30);
  for (let n = 0; n < 3; n++) {
    const answer = await measure("a new browser", () => trySignIn(openBrowser(), person.email, password));
    expect(answer).toMatchObject({ status: 200 });
  }
  console.log(await stop());
});

test("whoever shares an address with a flood still has the browser they know", async () => {
  const person = await createPerson();
  const browser = openBrowser();
  expect(await trySignIn(browser, person.email, password)).toMatchObject({ status: 200 });
  const stop = await startFlood({ addresses: [browser.address], connections: 60, email: strangers });
  expect(await measure("its browser", () => signInAgain(browser, person.email))).toMatchObject({ status: 200 });
  console.log(await stop());
});

/** The same browser in another network. */
function move(browser: Client): Client {
  const moved = openBrowser();
  for (const [name, value] of browser.cookies) moved.cookies.set(name, value);
  return moved;
}
