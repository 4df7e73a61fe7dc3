import { createDatabase, type TestDatabase } from "../databases";
import { connect } from "../installation";
import type { TestServer } from "../server";

/** How a plain database differs from another. */
export type PlainSchema = {
  /** Types of short texts, and of times. */
  text: string;
  time: string;
  /** What stands at required columns, and at others. */
  required: string;
  /** The tables beside contact_submissions. */
  tables: readonly ("documents" | "website_visitors")[];
  /** Whether rows, indexes and a view are in it. */
  filled: boolean;
};

/** The plainest databases a website may have: its three tables with few columns, written in different ways. */
export const plainSchemas = {
  "with limits, zones and defaults": {
    text: "varchar(255)",
    time: "timestamp with time zone",
    required: "not null",
    tables: ["documents", "website_visitors"],
    filled: true,
  },
  "of texts and times without a zone, with no default and no index": {
    text: "text",
    time: "timestamp",
    required: "",
    tables: ["documents", "website_visitors"],
    filled: true,
  },
  "of one empty table": { text: "varchar", time: "timestamptz(3)", required: "not null", tables: [], filled: false },
} as const satisfies Record<string, PlainSchema>;

/** The columns that the plain schema has in contact_submissions. */
export const plainColumns =
  "id, name, email, company, service, budget, message, timestamp, status, document_insights, created_at, updated_at";

/** Creates such a database, with the website as a role of its own. */
export async function createPlainInstallation(server: TestServer, schema: PlainSchema): Promise<TestDatabase> {
  const database = await createDatabase(server, "empty");
  await using owner = await connect(database.owner);
  // Only then can times without a zone be understood.
  await owner.query(`alter database ${database.name} set timezone = 'UTC'`);
  await owner.query(describePlain(schema));
  await owner.query("grant select, insert, update on all tables in schema public to website");
  return database;
}

function describePlain({ text, time, required, tables, filled }: PlainSchema): string {
  const defaults = required !== "";
  const now = defaults ? "default now()" : "";
  const parts = [
    `create table contact_submissions (
      id ${text} primary key,
      name ${text} ${required},
      email ${text} ${required},
      company ${text},
      service ${text},
      budget ${text},
      message text ${required},
      "timestamp" ${time} ${required},
      status ${text} ${defaults ? "default 'new'" : ""},
      document_insights jsonb ${defaults ? "default '{}'" : ""},
      created_at ${time} ${now},
      updated_at ${time} ${now})`,
  ];
  if (tables.includes("documents")) {
    parts.push(`create table documents (
      id uuid primary key,
      contact_id ${text} ${required} ${defaults ? "references contact_submissions (id)" : ""},
      filename ${text} ${required},
      size bigint ${required},
      content_type ${text} ${required},
      s3_key ${text},
      upload_timestamp ${time} ${required})`);
  }
  if (tables.includes("website_visitors")) {
    parts.push(`create table website_visitors (id ${text} primary key, count integer not null)`);
  }
  if (!filled) return parts.join(";\n");
  return [
    ...parts,
    `insert into contact_submissions (${plainColumns}) values
      ('contact_1724300000_0a1b2c3d', 'Mara Lindqvist', 'mara@northlight.example', 'Northlight AB', 'Cloud Architecture', '$1',
        'Can you estimate it?', '2024-08-22 04:13:20', 'new',
        '{"total_documents":1,"document_types":["pdf"]}', '2024-08-22 04:13:20', '2024-08-22 04:13:20'),
      ('contact_1724300100_1a1b2c3d', 'Síle', 'sile@example.ie', null, 'Not specified', null, 'No more', '2024-08-22 04:15:00.123456', null,
        null, '2024-08-22 04:15:00', '2024-08-22 04:15:00')`,
    `insert into documents (id, contact_id, filename, size, content_type, s3_key, upload_timestamp) values
      ('7c0d1d7c-4f0e-4d36-9ad5-0d1f0f7c8d11', 'contact_1724300000_0a1b2c3d', 'offer.pdf', 12, 'application/pdf', 'offer.pdf', '2024-08-22 04:13:30')`,
    ...(defaults ? ["create index theirs on contact_submissions (email)"] : []),
    "create view newest as select id, email, \"timestamp\" from contact_submissions where status = 'new'",
  ].join(";\n");
}
