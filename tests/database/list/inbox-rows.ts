import pg from "pg";
import { viewerId } from "../../viewer";

/** A contact as tests write it; what is left out is null. `insights` is JSON text, so that it can hold 1e400. */
export type TestContact = {
  id: string;
  name: string;
  email: string;
  company: string | null;
  service: string | null;
  message: string;
  timestamp: string;
  status: string | null;
  source: string | null;
  page: string | null;
  insights: string | null;
  documents: { type: string; status: string | null }[];
  /** A person's id. The person is made if nobody has it. */
  assignee?: string | null;
  snoozedUntil?: string | null;
  firstContactedAt?: string | null;
  /** Batches that have changed it. */
  batches?: string[];
};

/** Stores contacts with their documents, as the owner of the database. */
export async function storeContacts(contacts: TestContact[]): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL });
  await client.connect();
  try {
    await client.query(
      `insert into staff (id, email, name, role, password_hash)
       select id, id || '@desk.example', 'Person ' || left(id::text, 4), 'agent', 'x'
       from unnest($1::uuid[]) as someone (id) on conflict do nothing`,
      [[...new Set(contacts.flatMap(({ assignee }) => assignee ?? []))]],
    );
    await client.query(
      `insert into contact_submissions (id, name, email, company, service, message, "timestamp", status, source,
         page_url, document_insights, assignee_id, snoozed_until, first_contacted_at)
       select id, name, email, company, service, message, "timestamp", status, source, page, insights::jsonb,
         assignee, "snoozedUntil", "firstContactedAt"
       from jsonb_to_recordset($1::jsonb) as given (id text, name text, email text, company text, service text,
         message text, "timestamp" timestamptz, status text, source text, page text, insights text, assignee uuid,
         "snoozedUntil" timestamptz, "firstContactedAt" timestamptz)`,
      [JSON.stringify(contacts)],
    );
    await client.query(
      `insert into contact_history (contact_id, operation, actor, database_role, batch_id)
       select id, 'update', 'staff', current_user, batch from unnest($1::text[], $2::uuid[]) as change (id, batch)`,
      [
        contacts.flatMap(({ id, batches = [] }) => batches.map(() => id)),
        contacts.flatMap(({ batches = [] }) => batches),
      ],
    );
    await client.query(
      `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, processing_status)
       select contact_id, 'file', 1, 'text/plain', type, now(), status
       from jsonb_to_recordset($1::jsonb) as given (contact_id text, type text, status text)`,
      [JSON.stringify(contacts.flatMap((each) => each.documents.map((row) => ({ contact_id: each.id, ...row }))))],
    );
    await client.query("analyze contact_submissions; analyze documents");
  } finally {
    await client.end();
  }
}

const soundParts = {
  total_documents: 2,
  document_types: ["pdf", "docx"],
  content_analysis: {
    has_business_content: true,
    confidence_level: "high",
    primary_language: "en",
    complexity_score: 0.7,
  },
};

const sound = (change: object = {}, analysis: object = {}) =>
  JSON.stringify({ ...soundParts, ...change, content_analysis: { ...soundParts.content_analysis, ...analysis } });

/** Insights as they accumulate over years: valid ones, and every way in which a part can be wrong. */
export const uglyInsights: (string | null)[] = [
  null,
  "null",
  "{}",
  "[]",
  "[1,2,3]",
  '"a string"',
  "5",
  "true",
  `[${sound()}]`,
  sound(),
  sound({ total_documents: 0, document_types: [] }, { complexity_score: 0, confidence_level: "low" }),
  sound({ total_documents: 1, document_types: ["pdf", "pdf"] }, { complexity_score: 1, primary_language: "de" }),
  sound({ total_documents: 1_000_000 }, { complexity_score: 0.2, confidence_level: "medium", primary_language: "ja" }),
  sound({ total_documents: 1_000_001 }, { complexity_score: 1.0000001 }),
  sound({ total_documents: -1 }, { complexity_score: -0.1 }),
  sound({ total_documents: 2.5 }, { complexity_score: 0.1999994 }),
  sound({ total_documents: 2.9999996 }, { complexity_score: 0.1999996 }),
  sound({ total_documents: 3 }, { complexity_score: 0.399999 }),
  sound({ total_documents: "five" }, { complexity_score: "0.5" }),
  sound({ total_documents: null }, { complexity_score: null }),
  sound({ total_documents: [2] }, { complexity_score: { value: 1 } }),
  sound({ document_types: "pdf" }),
  sound({ document_types: ["pdf", 5] }),
  sound({ document_types: [["pdf"]] }),
  sound({ document_types: [{ type: "pdf" }] }),
  sound({ document_types: [""] }),
  sound({ document_types: ["Not specified"] }),
  sound({ document_types: ["Not specified", "xlsx"] }),
  sound({ document_types: ["a\nb", "PDF", "日本", 'q"uo\\te'] }),
  sound({ document_types: ["x".repeat(101)] }),
  sound({ document_types: ["😀".repeat(100)] }),
  sound({ document_types: [null] }),
  sound({ document_types: Array(41).fill("pdf") }),
  sound({ document_types: [...Array(41).fill("docx"), 5] }),
  sound({ document_types: { "0": "pdf" } }),
  sound({}, { primary_language: "" }),
  sound({}, { primary_language: "Not specified" }),
  sound({}, { primary_language: "l".repeat(10_000) }),
  sound({}, { primary_language: "l".repeat(150) }),
  sound({}, { primary_language: "😀".repeat(100) }),
  sound({}, { primary_language: ["en"] }),
  sound({}, { primary_language: 5 }),
  sound({}, { primary_language: "EN" }),
  sound({}, { confidence_level: "HIGH" }),
  sound({}, { confidence_level: true }),
  sound({}, { confidence_level: ["high"] }),
  sound({ has_business_content: true }, { has_business_content: false }),
  sound({ has_business_content: false }, { has_business_content: "true" }),
  sound({ has_business_content: true }, { has_business_content: null }),
  sound({ has_business_content: "yes" }, { has_business_content: 1 }),
  sound({}, { has_business_content: "yes" }),
  sound({}, { has_business_content: "" }),
  sound({ has_business_content: "Not specified" }, { has_business_content: null }),
  sound({ has_business_content: "yes" }, { has_business_content: "" }),
  sound({ document_types: "" }, { confidence_level: "Not specified" }),
  sound({ total_documents: "" }, { complexity_score: "Not specified" }),
  sound().replace(/"content_analysis":\{[^}]*\}/, '"content_analysis":""'),
  sound({ total_documents: "five" }).replace(/"content_analysis":\{[^}]*\}/, '"content_analysis":"Not specified"'),
  sound({ content_analysis: null }).replace(/"content_analysis":\{[^}]*\}/, '"content_analysis":null'),
  sound().replace(/"content_analysis":\{[^}]*\}/, '"content_analysis":[{"primary_language":"en"}]'),
  sound().replace(/"content_analysis":\{[^}]*\}/, '"content_analysis":"en"'),
  sound().replace('"total_documents":2', '"total_documents":1e400'),
  sound().replace('"complexity_score":0.7', '"complexity_score":-1e400'),
  sound().replace('"total_documents":2', `"total_documents":${"9".repeat(12_000)}`),
  sound().replace('"complexity_score":0.7', `"complexity_score":0.${"3".repeat(12_000)}`),
  `{"total_documents":${"[".repeat(3_000)}${"]".repeat(3_000)}}`,
  '{"has_business_content":true,"total_documents":4,"document_types":["png"]}',
  '{"a.b":{"c:d":"dots and colons","back\\\\slash":5},"a":{"b":{"c:d":"nested"}},"document_types":{"0":"pdf"},"":{"":1}}',
  '{"a":{"b":[1,[2,3],{"c":1,"d":2},"x",null,true]},"__proto__":{"constructor":"text"},"0":{"1":{"2":1.50}}}',
  '{"a":{"b":[{"c":1}]},"0":[["1"]],"score":1000,"tone":"formal"}',
  '{"a":{"b":{"d":[],"c":{}}},"score":1e3,"tone":"5"}',
  '{"a":{"b":[]},"score":-0.000001,"tone":5}',
  '{"a":{"b":{}},"score":"1000","tone":null}',
];

const times = [
  "2026-11-21 23:59:59.999999+00",
  "2026-11-21 23:00:00.000001+00",
  "2026-11-21 23:00:00+00",
  "2026-11-21 22:59:59.999999+00",
  "2026-10-25 00:30:00+00",
  "2026-10-25 01:30:00+00",
  "2026-03-29 01:00:00+00",
  "2024-02-29 12:00:00+00",
  "2011-12-30 10:00:00+00",
  "1999-12-31 23:59:59.123456+00",
];
const statuses = ["new", "in_review", "contacted", "qualified", "closed", "spam", "waiting-on-legal", "", null, "New"];
/** The viewer and two colleagues. */
export const assignees = [viewerId, "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
/** Hours away from any time the tests use, so that neither time zones nor slow machines matter. */
const snoozes = [null, null, null, "2000-01-01T00:00:00Z", "-infinity", "2999-12-31T23:59:59.999999Z", "infinity"];
/** Two batches. */
export const batches = ["aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"] as const;
const services = ["Cloud Architecture", "Not specified", "", null, "Data %_\\ 'Engineering'", " Cloud Architecture"];
const companies = [
  "Zebra",
  "ähnlich",
  "Äpfel GmbH",
  "apple",
  "Not specified",
  "",
  null,
  "not specified",
  "株式会社ミナト",
];
const sources = ["website", "referral", null, "", "Not specified", "import"];
const pages = ["/", "/services?a=b&c=d#e", null, "", `/${"p".repeat(3_000)}`, "Not specified"];
const names = ["Mara Lindqvist", "mara lindqvist", "O'Brien, Síle", "山田 太郎", "Ömer", "Zoë", "100% _real_ \\", ""];
const messages = [
  "We want pdf",
  "HELLO  world\n\ttabs",
  "",
  "50%",
  "a_b",
  "back\\slash",
  "émigré ÉMIGRÉ",
  "\u0130STANBUL, 300 \u212a",
  '"quoted" 🚀',
  "O’Brien isn`t in the Straße, the line\nend",
  "ＡＣＭＥ, oﬃce: ΓΙΏΡΓΟΣ, γιωργος, emi\u0301gre\u0301",
  "ze\u200bro\u00adwidth \u2066well–known\u2069 か\u3099",
  "o`brien's the\r\n\t line  end -- well-known strasse",
];
const documents = [
  [],
  [{ type: "requirements", status: "completed" }],
  [
    { type: "requirements", status: "failed" },
    { type: "requirements", status: "completed" },
    { type: "invoice", status: null },
  ],
  [{ type: "", status: "" }],
  [{ type: "Not specified", status: "odd one" }],
  [],
];

/** Rows with every odd value of every column, combined at random but the same each time. */
export function makeUglyContacts(count: number): TestContact[] {
  let seed = 20_261_122;
  const pick = <T>(values: readonly T[]): T => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return values[Math.floor((seed / 2 ** 32) * values.length)] as T;
  };
  return Array.from({ length: count }, (_, index) => ({
    id: index % 50 === 0 ? `legacy ${index}/ümlaut?&#` : `contact_${String(index * 7919).padStart(8, "0")}`,
    name: pick(names),
    email: `${pick(["mara", "OLD", "taro", "ops"])}${index % 9}@${pick(["example.com", "例え.example"])}`,
    company: pick(companies),
    service: pick(services),
    message: pick(messages),
    timestamp: pick(times),
    status: pick(statuses),
    source: pick(sources),
    page: pick(pages),
    insights: uglyInsights[index % uglyInsights.length] as string | null,
    documents: pick(documents),
    assignee: pick([null, null, ...assignees]),
    snoozedUntil: pick(snoozes),
    firstContactedAt: pick([null, null, "2026-11-21T23:30:00Z"]),
    batches: pick([[], [], [batches[0]], [batches[1]], [...batches]]),
  }));
}
