import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Trying } from "@/lib/staff/tries/allowances";
import { familiarLimits, triesADay, tryLimits } from "@/lib/staff/tries/limits";
import { takeAttempt } from "@/lib/staff/tries/throttle";
import { openStaffWorld, watchSecurityLog } from "./staff-world";

// How many passwords an attacker can try in a day, if they try whenever they can. A taken try is one whose password
// would be checked. docs/decisions/02-sign-in-allowances.md has the figures.

const world = openStaffWorld();
beforeEach(() => {
  watchSecurityLog();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.removeEverybody();
});
afterAll(() => world.close());

const nothing = async () => null;

/** Takes tries until none are left, and returns how many there were. */
async function takeAll(purpose: "sign-in" | "own password", trying: () => Trying): Promise<number> {
  for (let taken = 0; ; taken++) {
    const attempt = await takeAttempt(trying(), purpose, nothing);
    if (!attempt.ok) return taken;
  }
}

/** The sum over a day of what `attack` gets every quarter of an hour. */
async function everyQuarter(quarters: number, attack: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (let n = 0; n < quarters; n++) {
    sum += await attack();
    await world.letPass(15);
  }
  return sum;
}

let strangers = 0;
/** Somebody in a network from which nobody has signed in. */
const stranger = (account: string): Trying => {
  const number = strangers++;
  const network = `10.${number >> 8}.${number & 255}.0/24`;
  return { account, address: network.replace(".0/24", ".7"), network, device: null };
};

async function addFamiliar(kind: "device" | "network", count: number): Promise<string[]> {
  const { id } = await world.addPerson();
  const marks = Array.from({ length: count }, (_, n) => (kind === "device" ? randomUUID() : `192.168.${n}.0/24`));
  await world.query(
    "insert into familiar_origins (staff_id, kind, mark) select $1, $2, mark from unnest($3::text[]) mark",
    [id, kind, marks],
  );
  return marks;
}

test("at one account: in six hours 168 from anywhere, 384 with eight cookies, ten networks and an open screen", async () => {
  const devices = await addFamiliar("device", familiarLimits.device.kept);
  const networks = await addFamiliar("network", 10);
  let anywhere = 0;
  let quarter = 0;
  const sum = await everyQuarter(24, async () => {
    let taken = 0;
    // What lasts for a day or two hours is tried every two hours. A cookie that is used up is everybody's.
    const again = quarter++ % 8 === 0;
    for (const device of quarter === 1 ? devices : []) {
      for (let n = 0; n < tryLimits.device.tries; n++) {
        if ((await takeAttempt({ ...stranger("victim"), device }, "sign-in", nothing)).ok) taken++;
      }
    }
    const device = devices[quarter % 8] ?? null;
    const everybody = await takeAll("sign-in", () => ({ ...stranger("victim"), device }));
    anywhere += everybody;
    for (const network of again ? networks : []) {
      const address = network.replace(".0/24", ".7");
      taken += await takeAll("sign-in", () => ({ account: "victim", address, network, device: null }));
    }
    return taken + everybody + (again ? await takeAll("own password", () => stranger("victim")) : 0);
  });
  const ofADay = familiarLimits.device.kept * triesADay(tryLimits.device) + triesADay(tryLimits.accountInNetworks);
  expect(anywhere).toBe(triesADay(tryLimits.account) / 4);
  expect(sum).toBe(anywhere + ofADay + triesADay(tryLimits.ownPassword) / 4);
  expect([anywhere, sum]).toEqual([168, 384]);
});

test("at one account, in a day, by everything together: 960, of them 672 from anywhere", () => {
  const { account, device, accountInNetworks, ownPassword } = tryLimits;
  expect(triesADay(account)).toBe(672);
  const others = [familiarLimits.device.kept * triesADay(device), triesADay(accountInNetworks), triesADay(ownPassword)];
  expect(others).toEqual([96, 96, 96]);
});

describe("from one address, at ever new accounts", () => {
  const attack = () =>
    takeAll("sign-in", () => ({ ...stranger(randomUUID()), address: "192.168.0.7", network: "192.168.0.0/24" }));

  test("in an hour 160, in a day 3,840", async () => {
    expect(await everyQuarter(4, attack)).toBe(160);
    expect(triesADay(tryLimits.address)).toBe(3_840);
  });

  test("in a network of the staff 240 a day more", async () => {
    await addFamiliar("network", 1);
    expect(await everyQuarter(4, attack)).toBe(160 + 240);
  });
});

test("two servers on one database keep the limits together", async () => {
  const { email } = await world.addPerson();
  const run = promisify(execFile);
  const ask = async (tries: object[]): Promise<string[]> => {
    const options = ["--conditions=react-server", "--import", "tsx", "tests/database/staff/sign-in-rival.ts"];
    const { stdout } = await run(process.execPath, [...options, JSON.stringify(tries)]);
    return JSON.parse(/^answers (.*)$/m.exec(stdout)?.[1] ?? "[]");
  };
  const atOneAccount = (server: number) =>
    Array.from({ length: 12 }, (_, n) => ({ email, address: `10.${server}.${n}.7` }));
  const fromOneAddress = Array.from({ length: 25 }, () => ({
    email: `${randomUUID()}@desk.example`,
    address: "192.0.2.7",
  }));
  const answers = await Promise.all([ask(atOneAccount(1)), ask(atOneAccount(2))]);
  expect(answers.flat().filter((answer) => answer === "wrong")).toHaveLength(7);
  expect(answers.flat().filter((answer) => answer === "throttled")).toHaveLength(17);
  const more = await Promise.all([ask(fromOneAddress), ask(fromOneAddress)]);
  expect(more.flat().filter((answer) => answer === "wrong")).toHaveLength(40);
  expect(more.flat().filter((answer) => answer === "throttled")).toHaveLength(10);
});
