import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import pg from "pg";
import { expect } from "vitest";
import { readCell } from "@/lib/desk/csv";
import { answerExport } from "@/lib/export/answer";

/** What the tests of exports store and look up, as the owner of the database. */
export const owner = new pg.Pool({ connectionString: process.env.TEST_SUPERUSER_URL, max: 3 });

/** Makes somebody who may export and has not exported yet. */
export async function addPerson(): Promise<string> {
  const { rows } = await owner.query(
    "insert into staff (email, name, role, password_hash) values ($1, 'Exporter', 'agent', 'none') returning id",
    [`${randomUUID()}@desk.example`],
  );
  return rows[0].id;
}

type Asking = { staffId?: string; signal?: AbortSignal; withBody?: boolean };

/** The response to a request for a file; made by somebody new if nobody is named. */
export async function ask(query: string, { staffId, signal, withBody = true }: Asking = {}): Promise<Response> {
  return answerExport({
    params: new URLSearchParams(query),
    staff: { id: staffId ?? (await addPerson()) },
    withBody,
    signal: signal ?? new AbortController().signal,
  });
}

/** The file's cells as they were stored, and its first line separately. */
function readFile(csv: string, delimiter: string): { header: string[]; rows: Record<string, string>[] } {
  const [header = [], ...lines]: string[][] = parse(csv, { bom: true, delimiter });
  const rows = lines.map((line) => Object.fromEntries(header.map((key, at) => [key, readCell(line[at] ?? "")])));
  return { header, rows };
}

/** The file of a successful response. */
export async function readAnswer(response: Response, delimiter = ",") {
  expect(response.status).toBe(200);
  // Response.text() would remove the byte-order mark.
  return readFile(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer()), delimiter);
}

/** The application's open transactions. */
export async function countOpen(): Promise<number> {
  const { rows } = await owner.query(
    `select count(*)::int as open from pg_stat_activity
     where datname = current_database() and usename = 'desk_app' and xact_start is not null`,
  );
  return rows[0].open;
}

/** The records of a person's exports, oldest first. */
export async function listRecords(staffId: string) {
  const { rows } = await owner.query(
    `select filter, columns, outcome, matching, written, ended_at is not null as ended
     from contact_exports where staff_id = $1 order by started_at`,
    [staffId],
  );
  return rows;
}

/** Enough rows that the file is not complete before its reader has started. */
export async function fillLargely(service: string, message = "x".repeat(4_000)): Promise<void> {
  await owner.query(
    `insert into contact_submissions (id, name, email, message, service, "timestamp")
     select $1 || n, 'Large', 'l@x.example', $2, $1, now() from generate_series(1, 3000) n`,
    [service, message],
  );
}
