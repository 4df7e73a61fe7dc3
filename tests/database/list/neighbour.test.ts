import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContactFilter, emptyFilter, sorts } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { parseCursor } from "@/lib/list/cursor";
import { findCursor, findNeighbour } from "@/lib/list/neighbour";
import { listContactIds } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";
import { openWorld } from "../change/change-world";
import { makeUglyContacts, storeContacts } from "./inbox-rows";

const viewer = viewerIn("Europe/Berlin");
const world = openWorld();

beforeAll(() => storeContacts(makeUglyContacts(45)));
afterAll(() => world.close());

const parse = (query: string) => parseFilter(new URLSearchParams(query)).filter;

async function positionOf(filter: ContactFilter, id: string) {
  const parsed = parseCursor(filter, (await findCursor(filter, viewer, id)) ?? "");
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.position;
}

/** The ids from one contact on, each found as the neighbour of the previous one. */
async function walk(filter: ContactFilter, first: string | undefined, direction: "next" | "previous") {
  const ids: string[] = [];
  for (let id = first ?? null; id !== null; ) {
    ids.push(id);
    id = await findNeighbour(filter, viewer, await positionOf(filter, id), direction);
  }
  return ids;
}

describe.each(sorts)("in the order %s", (sort) => {
  test.each([
    ["everything", ""],
    ["a rare filter", "status=qualified&status=waiting-on-legal&status="],
    ["a common one", "-status=spam"],
    ["a search", "q=mara"],
  ])("contact after contact of %s is the list, and back again", async (_case, query) => {
    const filter = { ...parse(query), sort };
    const ids = await listContactIds(filter, viewer, 1_000);
    expect(ids.length).toBeGreaterThan(1);
    expect(await walk(filter, ids[0], "next")).toEqual(ids);
    expect(await walk(filter, ids.at(-1), "previous")).toEqual(ids.toReversed());
  });

  test("a contact that the filter does not list has the neighbours of where it would stand", async () => {
    const everything = { ...emptyFilter, sort };
    const filter = { ...parse("-status=new"), sort };
    const all = await listContactIds(everything, viewer, 1_000);
    const listed = new Set(await listContactIds(filter, viewer, 1_000));
    const left = all.filter((id) => !listed.has(id));
    expect(left.length).toBeGreaterThan(1);
    for (const id of left.slice(0, 10)) {
      const at = all.indexOf(id);
      const position = await positionOf(filter, id);
      const after = all.slice(at).find((each) => listed.has(each)) ?? null;
      const before = all.slice(0, at).findLast((each) => listed.has(each)) ?? null;
      expect(await findNeighbour(filter, viewer, position, "next")).toBe(after);
      expect(await findNeighbour(filter, viewer, position, "previous")).toBe(before);
    }
  });
});

test("a position from before a change is where the hand goes on, though the contact stands elsewhere since", async () => {
  const filter = parse("sort=status");
  const [first = "", second = "", third = ""] = await listContactIds(filter, viewer, 3);
  const position = await positionOf(filter, second);
  await world.query("update contact_submissions set status = 'spam' where id = $1", [second]);
  expect(await findNeighbour(filter, viewer, position, "next")).toBe(third);
  expect(await findNeighbour(filter, viewer, position, "previous")).toBe(first);
});

test("a contact that is gone has no position", async () => {
  expect(await findCursor(emptyFilter, viewer, "no-such-contact")).toBeNull();
});
