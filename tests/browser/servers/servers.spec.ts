import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, get } from "node:https";
import { text } from "node:stream/consumers";
import { hash } from "@node-rs/argon2";
import { generate } from "otplib";
import type { Browser, Page } from "playwright/test";
import { makeSecret } from "@/lib/staff/factor/codes";
import { sealSecret } from "@/lib/staff/factor/sealed-secret";
import { fakeTime } from "@/scripts/checks/programs";
import { findFreePort } from "@/scripts/command/processes";
import { addContacts, findNews, listStored, openInbox, removeContacts, type TestContact } from "../inbox-contacts";
import { startApplication } from "../server";
import { createStaff, query, removeStaff, signInCookie, type TestStaff } from "../sign-in";
import { expect, test } from "../test";
import { findProxyPorts, type Nginx, startNginx } from "./nginx";

// Two servers behind nginx, which alternates between them. One has two processes, and a clock that is 30 hours ahead.
test.use({ ignoreHTTPSErrors: true });

let proxy: Nginx;
let servers: ChildProcess[];
let ports: number[];
let people: TestStaff[] = [];
let made: { contacts: TestContact[]; service: string; href: string };

/** The second has two processes, and a clock that is wrong. */
function start(at: number, https: number): Promise<ChildProcess> {
  const settings = { NEXTAUTH_URL: `https://127.0.0.1:${https}`, TRUST_PROXY: "1", WEB_CONCURRENCY: String(at + 1) };
  const wrongClock = {
    LD_PRELOAD: process.env.FAKETIME_PATH || (fakeTime.paths.find((path) => existsSync(path)) ?? ""),
    FAKETIME: "+30h",
    // Timers go on as they are.
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  return startApplication(ports[at] ?? 0, at === 1 ? { ...settings, ...wrongClock } : settings);
}

test.beforeAll(async () => {
  ports = [await findFreePort(), await findFreePort()];
  const [http, https] = await findProxyPorts();
  servers = await Promise.all(ports.map((_, at) => start(at, https)));
  proxy = await startNginx(ports, http, https);
});
test.afterAll(async () => {
  for (const server of servers) server.kill("SIGTERM");
  await proxy.close();
});
test.beforeEach(async () => {
  people = await Promise.all([
    createStaff("agent", { name: "Ada Keller" }),
    createStaff("agent", { name: "Tomo Sato" }),
  ]);
});
test.afterEach(async () => {
  await removeContacts(made.service);
  await removeStaff(people);
});

/** A browser in which a person is signed in, and the name and value of their cookie. */
async function openAs(browser: Browser, person: TestStaff | undefined): Promise<{ page: Page; cookie: string }> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const { name, value } = await signInCookie(person?.id ?? "");
  const secure = { name: `__Secure-${name}`, value, url: proxy.https, httpOnly: true, secure: true } as const;
  await context.addCookies([{ ...secure, sameSite: "Lax" }]);
  return { page: await context.newPage(), cookie: `${secure.name}=${value}` };
}

test("what one decides the other hears of, and the list and its count are right whoever answers", async ({
  browser,
}) => {
  made = await addContacts(Array.from({ length: 6 }, () => ({})));
  const [{ page: ada }, { page: tomo }] = [await openAs(browser, people[0]), await openAs(browser, people[1])];
  await openInbox(ada, `${proxy.https}${made.href}&status=new`);
  await openInbox(tomo, `${proxy.https}${made.href}&status=new`);
  await expect(tomo.getByText("6 matching")).toBeVisible();
  await ada.keyboard.press("j");
  await ada.keyboard.press("5");
  await expect.poll(() => listStored(made.contacts.slice(0, 1))).toEqual([{ status: "closed", version: 2 }]);
  await expect(findNews(tomo, "1 changed")).toBeVisible();
  for (let look = 0; look < 4; look++) {
    await tomo.goto(`${proxy.https}${made.href}&status=new`);
    await expect(tomo.getByText("5 matching")).toBeVisible();
  }
});

test("two in triage never get the same contact, whichever server gives it", async ({ browser }) => {
  made = await addContacts(Array.from({ length: 30 }, () => ({})));
  const opened = await Promise.all(people.map((person) => openAs(browser, person)));
  const decided: (string | null)[] = [];
  await Promise.all(
    opened.map(async ({ page }) => {
      await page.goto(`${proxy.https}${made.href.replace("/contacts", "/triage")}`);
      for (let step = 0; step < 4; step++) {
        const name = page.locator("#triage-name");
        const shown = await name.textContent();
        decided.push(shown);
        await page.keyboard.press("5");
        await expect(name).not.toHaveText(shown ?? "");
      }
    }),
  );
  expect(new Set(decided).size).toBe(8);
  await expect
    .poll(async () => (await listStored(made.contacts)).filter(({ status }) => status === "closed").length)
    .toBe(8);
  expect((await listStored(made.contacts)).every(({ version }) => version <= 2)).toBe(true);
});

/** Asks for a page over a connection of its own, again and again; gives the outcomes, each with how often it was. */
function readSteadily(address: string, cookie: string, right: (page: string) => boolean) {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const outcomes: Record<string, number> = {};
  let running = true;
  const askOnce = async () => {
    const asking = get(address, { agent, headers: { cookie } });
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    const page = await text(answer);
    return answer.statusCode === 200 && right(page) ? "right" : `${answer.statusCode} wrong`;
  };
  const loop = (async () => {
    while (running) {
      const outcome = await askOnce().catch((error: NodeJS.ErrnoException) => error.code ?? "cut");
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    agent.destroy();
  })();
  return {
    right: () => outcomes.right ?? 0,
    async stop() {
      running = false;
      await loop;
      return outcomes;
    },
  };
}

test("both are restarted one after the other while people read and decide: every answer is right, every change made once", async ({
  browser,
  expectedErrors,
}) => {
  // A stopping server accepts no more streams; the page asks again, and the other server takes it.
  expectedErrors.push(/503.*\/api\/live/);
  made = await addContacts(Array.from({ length: 300 }, () => ({})));
  const opened = await Promise.all(people.map((person) => openAs(browser, person)));
  const address = `${proxy.https}${made.href}`;
  // Not the people who decide, because whoever requests so much waits for themselves.
  const readingPeople = await Promise.all([createStaff("agent"), createStaff("agent")]);
  people.push(...readingPeople);
  const readers = await Promise.all(
    readingPeople.map(async ({ id }) => {
      const { name, value } = await signInCookie(id);
      const isRight = (page: string) => new Set(page.match(/test_[0-9a-f-]{36}/g)).size >= 50;
      return readSteadily(address, `__Secure-${name}=${value}`, isRight);
    }),
  );
  const decided: string[] = [];
  let deciding = true;
  const deciders = opened.map(async ({ page }) => {
    await page.goto(`${proxy.https}${made.href.replace("/contacts", "/triage")}`);
    while (deciding) {
      const name = page.locator("#triage-name");
      const shown = (await name.textContent()) ?? "";
      decided.push(shown);
      await page.keyboard.press("5");
      await expect(name).not.toHaveText(shown);
    }
  });
  for (const [at, server] of servers.entries()) {
    const [before, until] = [readers.map(({ right }) => right()), decided.length];
    // Everybody is at work.
    const busy = () => readers.every(({ right }, reader) => right() > (before[reader] ?? 0) + 2);
    await expect.poll(busy, { timeout: 60_000 }).toBe(true);
    await expect.poll(() => decided.length, { timeout: 60_000 }).toBeGreaterThan(until + 4);
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    servers[at] = await start(at, Number(new URL(proxy.https).port));
  }
  const until = decided.length;
  await expect.poll(() => decided.length).toBeGreaterThan(until + 4);
  deciding = false;
  await Promise.all(deciders);
  const outcomes = await Promise.all(readers.map((reader) => reader.stop()));
  console.log(`${decided.length} decisions; pages: ${JSON.stringify(outcomes)}`);
  for (const outcome of outcomes) expect(Object.keys(outcome)).toEqual(["right"]);
  expect(new Set(decided).size).toBe(decided.length);
  // Triage shows the next contact before the decision about the last is written.
  const each = String(decided.length);
  const counted = () =>
    query(
      `select count(*) filter (where c.version = 2) as once, count(*) as closed,
        (select count(*) from contact_history h where h.contact_id in (
          select id from contact_submissions where service = $1)) as changes
      from contact_submissions c where c.service = $1 and c.status = 'closed'`,
      [made.service],
    );
  await expect.poll(counted, { timeout: 60_000 }).toEqual([{ once: each, closed: each, changes: each }]);
});

test("a large change is made once, though three processes look for it", async ({ browser }) => {
  made = await addContacts(Array.from({ length: 2_500 }, () => ({})));
  const { page } = await openAs(browser, people[0]);
  await openInbox(page, `${proxy.https}${made.href}`);
  await page.getByRole("checkbox", { name: "Select every contact on this page" }).check();
  await page.getByRole("button", { name: /Select all 2,?500 matching/ }).click();
  await expect(page.getByText(/All 2,?500 matching selected/)).toBeVisible();
  await page.keyboard.press("5");
  await page.getByRole("button", { name: /Change 2,?500 contacts/ }).click();
  await expect(page.getByRole("region", { name: "Bulk change" })).toContainText("set to Closed.", {
    timeout: 60_000,
  });
  const [counted] = await query<{ once: string; changes: string }>(
    `select count(*) filter (where c.version = 2 and c.status = 'closed') as once,
      (select count(*) from contact_history h where h.contact_id in (
        select id from contact_submissions where service = $1)) as changes
    from contact_submissions c where c.service = $1`,
    [made.service],
  );
  expect(counted).toEqual({ once: "2500", changes: "2500" });
});

test("who signs out by one server is signed out on the other", async ({ browser }) => {
  made = await addContacts([{}]);
  const { page, cookie } = await openAs(browser, people[0]);
  const statusAt = async (port: number | undefined) => {
    const headers = { cookie, "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" };
    return (await fetch(`http://127.0.0.1:${port}/account`, { headers, redirect: "manual" })).status;
  };
  expect([await statusAt(ports[0]), await statusAt(ports[1])]).toEqual([200, 200]);
  await page.goto(`${proxy.https}/account`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect([await statusAt(ports[0]), await statusAt(ports[1])]).toEqual([307, 307]);
});

test("tries to sign in are counted together", async ({ request }) => {
  made = await addContacts([{}]);
  const { csrfToken } = await (await request.get(`${proxy.https}/api/auth/csrf`)).json();
  const tryOnce = async () => {
    const form = { csrfToken, email: people[0]?.email ?? "", password: "not this one at all", json: "true" };
    const answer = await request.post(`${proxy.https}/api/auth/callback/credentials`, {
      form,
      headers: { origin: proxy.https },
    });
    return answer.status();
  };
  const statuses: number[] = [];
  while (statuses.length < 20 && statuses.at(-1) !== 429) statuses.push(await tryOnce());
  expect(statuses.at(-1)).toBe(429);
  // From here on both refuse, by what they remember or by what is stored.
  expect([await tryOnce(), await tryOnce(), await tryOnce(), await tryOnce()]).toEqual([429, 429, 429, 429]);
  const [stored] = await query<{ tries: string }>(
    `select count(*) as tries from sign_in_attempts
    where account = encode(sha256(lower($1)::bytea), 'hex') and not succeeded`,
    [people[0]?.email],
  );
  expect(Number(stored?.tries)).toBe(statuses.length - 1);
});

test("a clock that is wrong decides nothing: today and what is on the page are the same on both, and an alert has its difference", async ({
  browser,
}) => {
  made = await addContacts([{}]);
  const admin = await createStaff("admin");
  people.push(admin);
  const { page } = await openAs(browser, admin);
  const [desk] = await query<{ timeZone: string }>(`select time_zone as "timeZone" from desk_settings`);
  const today = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", ...desk }).format(new Date());
  const said: string[] = [];
  const isWrong = (line: string) => line.includes("this server's clock is 30 h ahead of the database's");
  const seenBoth = () => said.some(isWrong) && !said.every(isWrong);
  // nginx alternates, also between what a page asks for besides: an even number of requests leads to the same server.
  for (let look = 0; look < 4 || (look < 20 && !seenBoth()); look++) {
    if (look % 2 === 1) await page.request.get(`${proxy.https}/api/health`);
    await page.goto(`${proxy.https}/analytics`);
    await expect(page.getByText(/^[^·]+ · (UTC|[A-Z]\w+\/\w+)$/)).toContainText(today);
    await page.goto(`${proxy.https}/contacts/${made.contacts[0]?.id}`);
    await expect(page.getByText(/^First response due /)).toBeVisible();
    await page.goto(`${proxy.https}/database`);
    const line = page.getByText(/^PostgreSQL \d/);
    await expect(line).toBeVisible();
    said.push((await line.textContent()) ?? "");
  }
  expect(seenBoth()).toBe(true);
  const headers = { authorization: `Bearer ${process.env.METRICS_TOKEN}` };
  const differences = ports.map(async (port) => {
    const told = await (await fetch(`http://127.0.0.1:${port}/api/metrics`, { headers })).text();
    return Number(/^desk_clock_difference_seconds (.*)$/m.exec(told)?.[1]);
  });
  const [right, wrong30h] = await Promise.all(differences);
  expect(right).toBeCloseTo(0, 0);
  expect(wrong30h).toBeCloseTo(108_000, 0);
});

test("a password shown to one and the code of now shown to the other open a session, though their clocks differ", async ({
  request,
}) => {
  made = await addContacts([{}]);
  const password = "tangerine lamp quarry 9";
  const person = await createStaff("agent", { passwordHash: await hash(password) });
  people.push(person);
  const secret = makeSecret();
  await query("insert into second_factors (staff_id, secret, confirmed_at) values ($1, $2, now())", [
    person.id,
    sealSecret(secret, person.id),
  ]);
  // Three requests a time, so that whoever takes the password first takes the code the next time.
  for (const steps of [0, 1]) {
    const { csrfToken } = await (await request.get(`${proxy.https}/api/auth/csrf`)).json();
    const give = async (given: Record<string, string>) => {
      const form = { csrfToken, email: person.email, json: "true", ...given };
      const headers = { origin: proxy.https };
      return (await request.post(`${proxy.https}/api/auth/callback/credentials`, { form, headers })).text();
    };
    expect(await give({ password })).toContain("second_step");
    const code = await generate({ secret, epoch: Math.floor(Date.now() / 1_000) + 30 * steps });
    expect(await give({ code })).toBe('{"url":"/"}');
  }
});
