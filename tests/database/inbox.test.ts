import { beforeAll, expect, test } from "vitest";
import { emptyFilter, type Sort, sorts } from "@/lib/filter/filter";
import { type ContactRow, countContacts, listContacts } from "@/lib/inbox/queries";
import { makeUglyContacts, storeContacts } from "./inbox-rows";

const contacts = makeUglyContacts(430);
const zone = "Europe/Berlin";

beforeAll(() => storeContacts(contacts));

async function walk(sort: Sort, direction: "forward" | "backward"): Promise<ContactRow[]> {
  const filter = { ...emptyFilter, sort };
  const rows: ContactRow[] = [];
  let page = await listContacts(filter, zone, direction === "forward" ? {} : { before: "end" });
  for (;;) {
    if (direction === "forward") rows.push(...page.rows);
    else rows.unshift(...page.rows);
    const cursor = direction === "forward" ? page.next : page.previous;
    if (!cursor) return rows;
    page = await listContacts(filter, zone, direction === "forward" ? { after: cursor } : { before: cursor });
    if (rows.length > contacts.length) return rows;
  }
}

test.each(sorts)(
  "sorted by %s, the pages forward hold every contact once, and those backward the same",
  async (sort) => {
    const forward = await walk(sort, "forward");
    expect(forward.map((row) => row.id).toSorted()).toEqual(contacts.map((each) => each.id).toSorted());
    const backward = await walk(sort, "backward");
    // The first page backward may be met again as the first page of the list.
    expect(new Set(backward.map((row) => row.id)).size).toBe(contacts.length);
  },
);

test("counts are those of the list", async () => {
  expect(await countContacts(emptyFilter, zone)).toEqual({ count: contacts.length, exact: true });
});
