import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { startAnalytics } from "@/lib/analytics/queries";
import { runChunk, startBulk } from "@/lib/change/bulk";
import { freezeMatching } from "@/lib/change/frozen-set";
import { listDuplicates } from "@/lib/contact/duplicate-queries";
import { listOtherSubmissions, loadContact } from "@/lib/contact/queries";
import { inTransaction, queryRows } from "@/lib/database/query";
import { beginSnapshot, countInSnapshot, readRows } from "@/lib/export/rows";
import { emptyFilter } from "@/lib/filter/filter";
import { predicate } from "@/lib/filter/sql/predicate";
import { parseFilter } from "@/lib/filter/url";
import { parseWords } from "@/lib/filter/words";
import { findContacts, findDocuments } from "@/lib/find/queries";
import { countContacts } from "@/lib/list/counts";
import { parseCursor } from "@/lib/list/cursor";
import { listFacets } from "@/lib/list/facets";
import { findCursor, findNeighbour } from "@/lib/list/neighbour";
import { listContacts, pageSize } from "@/lib/list/queries";
import { countReceived, withinLastDays } from "@/lib/list/received";
import { lookForNews, matchLists } from "@/lib/live/queries";
import { claimFrom, startQueue } from "@/lib/triage/claims";
import { toQueue } from "@/lib/triage/queue";
import { listReadyMade } from "@/lib/views/view";
import { viewerId, viewerIn } from "../../viewer";
import { explain, fillForPlans, type Plan, recordStatements } from "./plans-world";

const zone = "Europe/Berlin";

beforeAll(fillForPlans, 300_000);

function parse(query: string) {
  const { filter, problems } = parseFilter(new URLSearchParams(query));
  expect(problems).toEqual([]);
  return filter;
}

async function planOf(work: () => Promise<unknown>): Promise<Plan> {
  const plans = await Promise.all((await recordStatements(work)).map(explain));
  expect(plans.length).toBeGreaterThan(0);
  return { buffers: Math.max(...plans.map((plan) => plan.buffers)), scanned: plans.flatMap((plan) => plan.scanned) };
}

/** Blocks: a page of 50 rows, each with its documents, takes about 450; the table has some 19,000. */
const page = 1_500;
const words = 3_000;
const nearAndFar = 15_000;
const longWalk = 20_000;
const twoWeeks = 15_000;

test("who asks for an address beside the desk is served by the plain index", async () => {
  const { buffers, scanned } = await explain({
    text: "select id from contact_submissions where email = $1",
    values: ["nobody@nowhere.example"],
  });
  expect({ scanned, few: buffers < 20 }).toEqual({ scanned: [], few: true });
});

describe("a page reads no table from end to end, and a bounded number of blocks", () => {
  test.each([
    ["", page],
    ["sort=timestamp", page],
    ["sort=waiting", page],
    ["sort=-updated", page],
    ["from=2026-11-01&to=2026-11-20&sort=waiting", page],
    ["status=closed&sort=waiting", nearAndFar],
    ["due=today&sort=timestamp", page],
    ["back=true&-status=closed&-status=spam&sort=-updated", nearAndFar],
    ["service=Training&sort=waiting", nearAndFar],
    ["status=closed&sort=-updated", nearAndFar],
    ["sort=name", page],
    ["sort=-name", page],
    ["sort=-company", page],
    ["sort=status", page],
    ["sort=-documents", page],
    ["sort=documents", page],
    ["from=2026-02-01&to=2026-02-28", page],
    ["status=new", page],
    ["status=waiting-on-legal", page],
    ["status=nowhere", page],
    ["status=", nearAndFar],
    ["company=", page],
    ["assignee=me", page],
    ["assignee=none", page],
    ["assignee=me&status=new", page],
    ["assignee=22222222-2222-4222-8222-222222222222", page],
    ["snoozed=true", page],
    ["snoozed=false", page],
    ["service=Training", page],
    ["source=import", page],
    ["company=Nobody", page],
    ["page=/nowhere", page],
    ["type=pdf", page],
    ["type=nothing", page],
    ["type.all=pdf&type.all=docx", page],
    ["-type=pdf", page],
    ["type=", page],
    ["-status=closed", page],
    ["-service=Training", page],
    ["-language=en", page],
    ["-confidence=high", page],
    ["overdue=true", page],
    ["overdue=true&service=Training&sort=name", nearAndFar],
    ["insight=content_analysis.primary_language:eq:en", page],
    ["insight=content_analysis.primary_language:eq:xx", page],
    ["language=en", page],
    ["language=ar", nearAndFar],
    ["language=xx", page],
    ["confidence=high", page],
    ["business=true", page],
    ["documents=3-", page],
    ["documents=999", page],
    ["complexity=0.98-", nearAndFar],
    ["insights=missing", page],
    ["insights=malformed", page],
    ["insights=malformed&sort=name", page],
    ["insights=malformed&status=new&type=pdf&sort=status", page],
    ["insights=malformed&q=cloud", page],
    ["document.type=none", page],
    ["document.status=completed", page],
    ["status=new&language=xx", nearAndFar],
    ["status=closed&type=pdf&confidence=high", nearAndFar],
    ["status=spam&documents=5-&sort=name", nearAndFar],
    ["language=ar&type=pdf&sort=name", nearAndFar],
    ["q=cloud", words],
    ["q=cloud&sort=best", words],
    ["q=ernet&sort=best", words],
    ["q=zephyrium&sort=best", words],
    ["q=cloud+migration&sort=best", words],
    ["q=cloud&status=new&sort=best", nearAndFar],
    ["q=ernet", words],
    ["q=zephyrium", words],
    ["q=xqj", words],
    ["q=nobody.at.all@", words],
    ["q=cloud+migration", words],
    ["q=%E5%B1%B1", words],
    ["q=%E2%98%83", words],
    ["q=zephyrium&status=new", nearAndFar],
    ["q=cloud&status=new&language=en", nearAndFar],
    // Conditions that many contacts meet, and none or few of them together.
    ["documents=&language=en", nearAndFar],
    ["complexity=&-language=", nearAndFar],
    ["type=pdf&insights=missing", nearAndFar],
    ["documents=&language=en&sort=name", nearAndFar],
    // Days with few contacts and with many, in an order that has no index for them.
    ["from=2026-02-01&to=2026-02-07&sort=name", page],
    ["from=2026-02-01&to=2026-02-28&sort=name", nearAndFar],
    ["from=2026-02-01&to=2026-02-07&type=pdf&business=true&sort=company", page],
    ["from=2026-02-01&to=2026-02-28&type=nothing&sort=-documents", nearAndFar],
    // Documents are read contact by contact, so it walks on in the order instead of reading all contacts with failed
    // ones.
    ["document.status=failed&service=DevOps+Consulting&sort=name", longWalk],
    ["documents=&language=en&sort=status", nearAndFar],
    ["documents=999&source=import&sort=status", nearAndFar],
    ["documents=1&-status=new&sort=-documents", page],
    // Words without an index are searched for in the first contacts only.
    ["q=zq", nearAndFar],
    ["q=_&type=pdf", nearAndFar],
  ])("%s", async (query, most) => {
    const plan = await planOf(() => listContacts(parse(query), viewerIn(zone)));
    expect(plan.scanned).toEqual([]);
    expect(plan.buffers).toBeLessThan(most);
  });
});

test("a word is found by every way to it where a letter of another kind stands in it", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  try {
    await client.query(`insert into contact_submissions (id, name, email, message, "timestamp")
      values ('folding', U&'QI\\0130ZMIR\\212AO', 'f@x.example', 'Merhaba', '2025-12-24')`);
    for (const sort of ["-timestamp", "name", "status"]) {
      const filter = parse(`q=qiizmirko&sort=${sort}`);
      const plan = await planOf(async () => {
        const { rows } = await listContacts(filter, viewerIn(zone));
        expect(rows.map(({ id }) => id)).toEqual(["folding"]);
      });
      expect(plan.scanned).toEqual([]);
      expect(plan.buffers).toBeLessThan(sort === "status" ? nearAndFar : words);
    }
    expect(await countContacts(parse("q=qiizmirko"), viewerIn(zone))).toEqual({ count: 1, exact: true });
    expect(await countContacts(parse("q=zmir+qiizmirko"), viewerIn(zone))).toEqual({ count: 1, exact: true });
    expect(await countContacts(parse("q=zmir+-qiizmirko"), viewerIn(zone))).toEqual({ count: 0, exact: true });
  } finally {
    await client.query("delete from contact_submissions where id = 'folding'");
    await client.end();
  }
});

test.each(["-timestamp", "waiting", "-updated", "name", "company", "-documents", "status"])(
  "the last page by %s, and the one before it, cost no more than the first",
  async (sort) => {
    const filter = parse(`sort=${sort}`);
    const last = await listContacts(filter, viewerIn(zone), { before: "end" });
    for (const before of ["end", last.previous ?? ""]) {
      const plan = await planOf(() => listContacts(filter, viewerIn(zone), { before }));
      expect(plan.scanned).toEqual([]);
      // Other statuses than the known have no index: their order is walked until a page of them is found.
      expect(plan.buffers).toBeLessThan(sort === "status" ? nearAndFar : page);
    }
  },
);

test.each([
  ["status=closed", page],
  ["type=pdf", page],
  ["-type=pdf&sort=name", page],
  ["status=closed&language=en&sort=-documents", nearAndFar],
  ["q=cloud&sort=timestamp", words],
])("a page in the middle of %s, forth and back, costs no more than its first", async (query, most) => {
  const filter = parse(query);
  let middle = await listContacts(filter, viewerIn(zone));
  for (let turned = 0; turned < 3; turned++) {
    middle = await listContacts(filter, viewerIn(zone), { after: middle.next ?? "" });
    expect(middle.problem).toBeUndefined();
  }
  for (const cursor of [{ after: middle.next ?? "" }, { before: middle.previous ?? "" }]) {
    const plan = await planOf(() => listContacts(filter, viewerIn(zone), cursor));
    expect(plan.scanned).toEqual([]);
    expect(plan.buffers).toBeLessThan(most);
  }
});

describe("what else is asked while one works reads no contacts from end to end", () => {
  test.each(["", "status=new", "type=pdf&sort=name", "language=xx&status=closed"])(
    "the contact before and after another under %s",
    async (query) => {
      const filter = parse(query);
      const { rows } = await listContacts({ ...filter, fields: {} }, viewerIn(zone));
      const cursor = parseCursor(filter, (await findCursor(filter, viewerIn(zone), rows[30]?.id ?? "")) ?? "");
      if ("problem" in cursor) throw new Error(cursor.problem);
      for (const direction of ["next", "previous"] as const) {
        const plan = await planOf(() => findNeighbour(filter, viewerIn(zone), cursor.position, direction));
        expect(plan.scanned).toEqual([]);
        expect(plan.buffers).toBeLessThan(nearAndFar);
      }
    },
  );

  test("a contact with its documents, history, other submissions and duplicates", async () => {
    const { rows } = await listContacts(parse("documents=3-"), viewerIn(zone));
    const plan = await planOf(async () => {
      for (const { id } of rows.slice(0, 3)) {
        await loadContact(id);
        await listOtherSubmissions(id);
        await listDuplicates(id);
      }
    });
    expect(plan.scanned).not.toContain("contact_submissions");
    expect(plan.scanned).not.toContain("documents");
    expect(plan.buffers).toBeLessThan(words);
  });

  test("what has changed and arrived, and which of it is in a list", async () => {
    const { rows } = await listContacts(emptyFilter, viewerIn(zone));
    const plan = await planOf(() =>
      inTransaction("interactive", async (run) => {
        await lookForNews(run, Date.now());
        const list = { filter: parse("status=new&type=pdf"), viewer: viewerIn(zone) };
        await matchLists(
          run,
          rows.map(({ id }) => id),
          new Map([["list", list]]),
        );
      }),
    );
    expect(plan.scanned).not.toContain("contact_submissions");
    expect(plan.buffers).toBeLessThan(nearAndFar);
  });

  test("the charts of 30 days", async () => {
    const range = { from: "2026-10-24", to: "2026-11-22" };
    const plan = await planOf(async () => {
      const { contacts, visitors, documents } = startAnalytics(emptyFilter, range, viewerIn(zone));
      const [{ byDay }] = await Promise.all([contacts, visitors, documents]);
      expect(byDay.length).toBeGreaterThan(100);
    });
    expect(plan.scanned).not.toContain("contact_submissions");
    expect(plan.scanned).not.toContain("documents");
  });

  test("the charts of a year count each contact and document once, half of them beside the other", async () => {
    const range = { from: "2025-11-23", to: "2026-11-22" };
    const { contacts, documents } = startAnalytics(emptyFilter, range, viewerIn(zone));
    const [{ services }, { stored }] = await Promise.all([contacts, documents]);
    const plain = await queryRows(
      Prisma.sql`
      select coalesce(nullif(c.service, 'Not specified'), '') as service,
        coalesce(nullif(d.processing_status, 'Not specified'), '') as status,
        count(*)::int as documents, count(distinct c.id)::int as contacts, sum(d.size)::float8 as bytes
      from contact_submissions c join documents d on d.contact_id = c.id
      where c."timestamp" >= '2025-11-23 00:00 Europe/Berlin' and c."timestamp" < '2026-11-23 00:00 Europe/Berlin'
      group by 1, 2`,
      "analytics",
    );
    expect(services.reduce((sum, one) => sum + one.contacts, 0)).toBeGreaterThan(100_000);
    expect(new Set(stored)).toEqual(new Set(plain));
  });

  test.each(["status=new", "type=nothing", "status=nowhere&sort=name", "q=zephyrium"])(
    "an export of %s: its count, its order and its rows",
    async (query) => {
      const wanted = { filter: parse(query), columns: ["id" as const, "name" as const, "message" as const] };
      const plan = await planOf(() =>
        inTransaction("export", async (run) => {
          await beginSnapshot(run, zone);
          const { matching } = await countInSnapshot(run, wanted.filter, viewerIn(zone));
          let read = 0;
          for await (const batch of readRows(run, wanted, viewerIn(zone))) read += batch.length;
          expect(read).toBe(matching);
        }),
      );
      expect(plan.scanned).not.toContain("contact_submissions");
    },
  );
});

test.each([
  "mei",
  "priya tanaka",
  "yuki.tanaka12@",
  "lindq",
  "zephyrium",
  "xqj",
  "nobody at all",
  // Common in messages, and in hardly a name.
  "cloud",
  "ernet",
  '"zero downtime"',
  "brief.pdf",
  "josé",
  "山",
  "☃",
  "zq",
  "e",
  "%",
])("what the palette finds for %s reads no table from end to end, and a bounded number of blocks", async (typed) => {
  const words = parseWords(typed);
  const plan = await planOf(async () => {
    await findContacts(words);
    await findDocuments(words);
  });
  expect(plan.scanned).toEqual([]);
  expect(plan.buffers).toBeLessThan(nearAndFar);
});

describe("what writes reads no contacts from end to end", () => {
  beforeAll(async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
    await client.connect();
    await client.query(
      "insert into staff (id, email, name, role, password_hash) values ($1, 'plans@desk.example', 'Plans', 'agent', 'none')",
      [viewerId],
    );
    await client.end();
  });

  test.each([
    "",
    "status=new",
    "type=pdf",
    "q=zephyrium",
    "language=xx&status=closed",
    "document.status=failed",
    "overdue=true",
  ])("triage under %s: what is next, kept and given up", async (query) => {
    const queue = await startQueue(randomUUID(), toQueue(parse(query), false), viewerIn(zone));
    const plan = await planOf(() =>
      claimFrom(queue.id, viewerIn(zone), { position: 1, except: [2], kept: ["contact"] }),
    );
    expect(plan.scanned).not.toContain("contact_submissions");
    expect(plan.scanned).not.toContain("documents");
  });

  test.each([
    "status=waiting-on-legal",
    "service=Training&status=spam",
    "insights=malformed",
    "type=nothing",
    "language=xx&status=closed",
    "q=zephyrium",
    "language=ar&type=pdf",
    "assignee=me",
  ])("freezing %s for a change of all", async (query) => {
    const plan = await planOf(() => freezeMatching(parse(query), viewerIn(zone)));
    expect(plan.scanned).not.toContain("contact_submissions");
  });

  test("the chunks of such a change", async () => {
    const frozen = await freezeMatching(parse("insights=malformed&status=closed"), viewerIn(zone));
    if (!frozen || frozen === "too many") throw new Error("Nothing was frozen.");
    const request = { key: randomUUID(), set: frozen.id, change: { status: "spam" as const, spamReason: "Test" } };
    expect(await startBulk(viewerId, request)).toMatchObject({ ok: true });
    const plan = await planOf(async () => {
      while (await runChunk());
    });
    expect(plan.scanned).not.toContain("contact_submissions");
  });
});

test.each([
  "status=new",
  "status=nowhere",
  "service=Training",
  "type=nothing",
  "insights=malformed",
  "language=xx",
  "q=zephyrium",
  "company=x",
  "documents=&language=en",
  "complexity=&-language=",
  "q=zq",
])("counting %s reads no table from end to end", async (query) => {
  const plan = await planOf(() => countContacts(parse(query), viewerIn(zone)));
  expect(plan.scanned).toEqual([]);
  expect(plan.buffers).toBeLessThan(nearAndFar);
});

test.each([...listReadyMade().map(({ filter }) => filter), "complexity=0.5-", "-type=pdf", "-document.status=failed"])(
  "the sparkline of %s reads two weeks of contacts, and no more",
  async (query) => {
    const recent = withinLastDays(parse(query), viewerIn(zone));
    if (!recent) throw new Error("The filter has no recent days.");
    const plan = await planOf(() => countReceived(recent, viewerIn(zone)));
    expect(plan.scanned).toEqual([]);
    expect(plan.buffers).toBeLessThan(twoWeeks);
  },
);

test.each([
  "",
  "status=new",
  "type=pdf",
  "insights=malformed",
  "service=Training&status=closed",
  "documents=&language=en",
  "q=zq",
])("the facets under %s read no contacts from end to end", async (query) => {
  const plan = await planOf(() => listFacets(parse(query), viewerIn(zone)));
  expect(plan.scanned).not.toContain("contact_submissions");
});

test.each([
  "language=ar&status=closed",
  "q=migration&status=new",
  "-type=pdf&documents=4-",
  "type=pdf&status=spam&sort=name",
  "-type=pdf&sort=-documents",
  "status=on_hold&language=ja&sort=status",
])("near and far together give what one plain question gives: %s", async (query) => {
  const filter = parse(query);
  const orders: Record<string, Prisma.Sql> = {
    name: Prisma.sql`c.name collate desk_people, c.id`,
    "-documents": Prisma.sql`coalesce((select n from (select (c.document_insights ->> 'total_documents')::numeric as n
      where jsonb_typeof(c.document_insights -> 'total_documents') = 'number') x where n between 0 and 1000000), -1) desc,
      c."timestamp" desc, c.id desc`,
  };
  const expected = await queryRows<{ id: string }>(Prisma.sql`
    select c.id from contact_submissions c where ${predicate(filter, viewerIn(zone))} offset 0`);
  const wanted = expected.map(({ id }) => id);
  const sorted = await queryRows<{ id: string }>(Prisma.sql`
    select c.id from contact_submissions c where c.id = any(${wanted}::text[])
    order by ${orders[filter.sort] ?? Prisma.sql`c."timestamp" desc, c.id desc`} limit ${pageSize}::int`);
  const { rows } = await listContacts(filter, viewerIn(zone));
  expect(rows.map((row) => row.id)).toEqual(sorted.map((row) => row.id));
});

test("where more than half a page is near, the rest is found a little further, and all of the filter is never read", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  try {
    // Every 150th in the order, and so 40 among the first 6,000.
    const { rows: marked } = await client.query<{ id: string }>(
      `update contact_submissions c set page_url = '/wider'
       from (select id, row_number() over (order by "timestamp" desc, id desc) as nth
         from contact_submissions where status = 'closed') found
       where found.id = c.id and found.nth % 150 = 0 returning c.id, found.nth`,
    );
    expect(marked.length).toBeGreaterThan(500);
    const filter = parse("page=/wider&status=closed");
    const [statement] = await recordStatements(async () => {
      const { rows, next } = await listContacts(filter, viewerIn(zone));
      const { rows: first } = await client.query<{ id: string }>(
        `select id from contact_submissions where page_url = '/wider' order by "timestamp" desc, id desc limit ${pageSize}`,
      );
      expect(rows.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
      expect(next).not.toBeNull();
    });
    const { rows: lines } = await client.query<{ "QUERY PLAN": string }>(
      `explain (analyze, costs off, timing off) ${statement?.text}`,
      statement?.values,
    );
    const plan = lines.map((line) => line["QUERY PLAN"]).join("\n");
    const rowsOf = (stage: string) => new RegExp(`CTE ${stage}\\n.*actual rows=(\\d+)`).exec(plan)?.[1];
    expect([rowsOf("near"), rowsOf("wider"), rowsOf("far")]).toEqual(["40", "51", "0"]);
  } finally {
    await client.end();
  }
});
