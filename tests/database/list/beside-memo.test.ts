import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getViewer } from "@/lib/desk/viewer";
import { emptyFilter } from "@/lib/filter/filter";
import { rememberBeside } from "@/lib/list/beside-memo";
import { viewerId } from "../../viewer";

// A Wednesday at ten, when a desk with the usual hours is open, so that its limits move with the clock.
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-25T10:00:05.123Z") }));
afterEach(() => vi.useRealTimers());

let asked = 0;

/** How many times the list has been counted, after a viewer has opened a contact beside it. */
async function openContact(): Promise<number> {
  const viewer = await getViewer({ id: viewerId });
  const list = { viewer, filter: emptyFilter, rows: [{ id: "a", version: 1 }] };
  const { counted } = rememberBeside(list, true, () => ({ counted: Promise.resolve({ ok: true, times: ++asked }) }));
  return (await counted).times;
}

test("in business hours, too, a contact opened some seconds later does not have the list counted again", async () => {
  const before = await getViewer({ id: viewerId });
  const first = await openContact();
  vi.setSystemTime(Date.now() + 9_000);
  expect((await getViewer({ id: viewerId })).overdue).not.toEqual(before.overdue);
  expect(await openContact()).toBe(first);
});

test("the next minute is counted anew, and so are other response targets", async () => {
  vi.setSystemTime(Date.parse("2026-11-25T10:10:58Z"));
  const first = await openContact();
  vi.setSystemTime(Date.parse("2026-11-25T10:11:01Z"));
  const second = await openContact();
  expect(second).toBe(first + 1);
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  try {
    await client.query(`update desk_settings set response_targets = '{"otherwise": 4, "services": []}'`);
    expect((await getViewer({ id: viewerId })).overdue.otherwise).toEqual(new Date("2026-11-24T14:11:01Z"));
    expect(await openContact()).toBe(second + 1);
  } finally {
    await client.end();
  }
});
