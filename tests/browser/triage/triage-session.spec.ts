import fc from "fast-check";
import type { Page } from "playwright/test";
import type { TestContact } from "../inbox-contacts";
import { query, type TestStaff } from "../sign-in";
import { expect } from "../signed-in";
import { openTriage, test } from "./triage-queue";
import { Worker } from "./triage-random";

/** Milliseconds after which no new run starts, however few there have been. */
const time = 40_000;

const key = fc.constantFrom("5", "5", "5", "2", "6", "i", "j", "k", "z", "z", "z");

/** What can happen: keys as fast as possible, perhaps with a pause after; a colleague's change; a lost answer. */
const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ name: fc.constant("keys"), keys: fc.array(key, { minLength: 1, maxLength: 8 }) }),
  },
  { weight: 3, arbitrary: fc.constant({ name: "pause" }) },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constantFrom("colleague decides", "colleague claims"), at: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.constant({ name: "claims expire" }) },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constantFrom("answer lost", "not sent"), key: fc.constantFrom("5", "z") }),
  },
);
type AddQueue = (count: number) => Promise<{ contacts: TestContact[]; href: string }>;
type Happening = { name: string; keys?: string[]; key?: string; at?: number };

test("whatever is pressed, at any pace, the screen shows what changes and the database has what it showed", async ({
  page,
  actions,
  expectedErrors,
  ada,
  addPerson,
  addQueue,
}) => {
  test.setTimeout(time + 60_000);
  expectedErrors.push(/Failed to load resource|net::ERR/);
  const tomo = await addPerson("agent");
  const end = Date.now() + time;
  let runs = 0;
  let worker: Worker | null = null;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 2, maxLength: 6 }), async (happenings) => {
      if (Date.now() > end) return;
      // Some runs follow each other in one session: all that was done before is undone by then.
      if (!worker || runs % 5 === 0) worker = await openQueue(page, ada, addQueue);
      runs++;
      for (const each of happenings) await happen(worker, each, tomo, actions);
      await worker.settle();
      await worker.checkStored();
      await takeAllBack(worker);
      if (runs % 5 === 1) await goThrough(page, worker);
    }),
    { numRuns: 60, endOnFailure: true },
  );
  console.log(`${runs} random runs.`);
});

async function openQueue(page: Page, { id }: TestStaff, addQueue: AddQueue): Promise<Worker> {
  const { contacts, href } = await addQueue(6);
  await openTriage(page, href, contacts[0] as TestContact);
  const worker = new Worker(page, contacts, id);
  await worker.settle();
  return worker;
}

type Actions = { fate: "answered" | "answer lost" | "not sent" };

async function happen(worker: Worker, { name, keys, key, at }: Happening, tomo: TestStaff, actions: Actions) {
  const contact = worker.contacts[at ?? 0] as TestContact;
  if (keys) return worker.press(keys);
  if (name === "pause") return worker.settle();
  if (name === "claims expire") {
    await query("update triage_claims set claimed_until = now() - interval '1 second' where staff_id = $1", [
      worker.staffId,
    ]);
  } else if (name === "colleague decides") {
    worker.touched.add(contact.name);
    await query("update contact_submissions set status = 'qualified' where id = $1", [contact.id]);
  } else if (name === "colleague claims") {
    await query(
      `insert into triage_claims (contact_id, staff_id, claimed_until) values ($1, $2, now() + interval '1 minute')
      on conflict (contact_id) do nothing`,
      [contact.id, tomo.id],
    );
  } else if (key) await loseAnswer(worker, name as Actions["fate"], key, actions);
}

/** One key whose answer is lost, and the answer of the request that goes with it. */
async function loseAnswer(worker: Worker, fate: Actions["fate"], key: string, actions: Actions): Promise<void> {
  await worker.settle();
  actions.fate = fate;
  await worker.pressInVain(key);
  actions.fate = "answered";
}

/** Undoes everything, one thing after the other as fast as possible, until nothing is left. */
async function takeAllBack(worker: Worker): Promise<void> {
  const { length } = worker.deeds.filter(({ undone }) => !undone);
  await worker.press(Array(length).fill("z"));
  await worker.settle();
  await worker.press(Array(length + 1).fill("z"));
  await worker.settle();
  await expect(worker.page.getByText("Nothing left to undo in this session.")).toBeVisible();
  expect(worker.deeds.filter(({ name, undone }) => !undone && !worker.touched.has(name))).toEqual([]);
  worker.unknown.clear();
  await worker.checkStored();
}

/** Goes back to the first contact, and through all that wait after it, each in its position. */
async function goThrough(page: Page, worker: Worker): Promise<void> {
  await worker.press(Array(worker.contacts.length).fill("k"));
  await worker.settle();
  const shown = page.locator("#triage-name bdi").first();
  const first = await shown.textContent();
  for (const name of await worker.listWaiting(first ?? "")) {
    await page.keyboard.press("j");
    await worker.settle();
    // What a colleague has decided a moment ago may have been fetched before: it is shown, with the news of it.
    for (let passed = 0; passed < worker.touched.size; passed++) {
      const met = (await shown.textContent()) ?? "";
      if (met === name || !worker.touched.has(met)) break;
      await page.keyboard.press("j");
      await worker.settle();
    }
    await expect(shown).toHaveText(name);
  }
}
