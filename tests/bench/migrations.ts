import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { figuresName, type MigrationFiguresFile } from "@/lib/database/migrate/migration-figures";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { applyWatched, createLedger, largeTables } from "@/tests/database/migrate/migration-weight";

const texts = `
  create temporary table message_text as
  select line, (select string_agg((array[
      'website','project','budget','offer','meeting','please','design','timeline','thank','platform','shop','support','cloud',
      'search','mobile','team','customer','integration','payment','security','report','data','analysis','call','week','month',
      'question','request','northlight','harbour','delivery','invoice','system','update','contract','english','german'])
      [1 + floor(random() * 37)::int], ' ') from generate_series(1, 12 + line % 30)) as words
  from generate_series(0, 1999) line`;

/** A million rows, or as many as are wanted, for each large table: filled when a migration has made it. */
const fillers: Record<string, string> = {
  contact_submissions: `
    insert into contact_submissions (id, name, email, company, service, budget, message, "timestamp", status, source, user_agent,
      page_url, document_insights, created_at, updated_at)
    select 'contact_' || (1700000000 + n) || '_' || lpad(to_hex(n), 8, '0'), 'Person ' || md5(n::text), md5((n % 700000)::text) || '@mail.example',
      (array['Northlight AB', 'Harbour & Sons', '', 'Not specified', 'Blue Field'])[1 + n % 5] || nullif(n % 9000, 0),
      (array['web', 'cloud', 'mobile', 'data', 'security', 'audit'])[1 + n % 6], 'Not specified', m.words,
      at, (array['new', 'new', 'in_review', 'contacted', 'qualified', 'closed', 'spam'])[1 + n % 7],
      (array['website', 'campaign', 'partner'])[1 + n % 3], 'Mozilla/5.0', '/contact/' || n % 300,
      case when n % 3 = 0 then jsonb_build_object('total_documents', n % 6, 'document_types', jsonb_build_array('pdf', 'docx'),
        'content_analysis', jsonb_build_object('has_business_content', n % 2 = 0, 'confidence_level', 'high',
          'primary_language', 'en', 'complexity_score', (n % 100) / 100.0)) else '{}' end, at, at
    from generate_series(1, $1::int) n join message_text m on m.line = n % 2000,
      lateral (select timestamptz '2026-11-01' - make_interval(secs => n * 31) as at) t`,
  documents: `
    insert into documents (id, contact_id, filename, size, content_type, document_type, upload_timestamp, processing_status,
      s3_bucket, s3_key, file_hash, created_at, updated_at)
    select md5('document' || n)::uuid, 'contact_' || (1700000000 + n) || '_' || lpad(to_hex(n), 8, '0'), 'file ' || n || '.pdf', n,
      'application/pdf', (array['requirements', 'diagram', 'invoice'])[1 + n % 3], at,
      (array['completed', 'completed', 'failed', 'pending'])[1 + n % 4], 'letters', 'file-' || n, md5((n % 900000)::text), at, at
    from generate_series(1, $1::int) n, lateral (select timestamptz '2026-11-01' - make_interval(secs => n * 31) as at) t`,
  analytics_events: `
    insert into analytics_events (id, event_type, event_data, "timestamp", created_at)
    select md5('event' || n)::uuid, (array['page_view', 'page_view', 'contact_submission', 'document_upload'])[1 + n % 4],
      jsonb_build_object('page', '/contact/' || n % 300), at, at
    from generate_series(1, $1::int) n, lateral (select timestamptz '2026-11-01' - make_interval(secs => n * 31) as at) t`,
  contact_history: `
    insert into contact_history (changed_at, contact_id, operation, actor, database_role, version_to, fields, status_from, status_to)
    select at, 'contact_' || (1700000000 + n) || '_' || lpad(to_hex(n), 8, '0'), 'update', 'website', 'website', 1 + n % 3, '{}',
      'new', 'closed'
    from generate_series(1, $1::int) n, lateral (select timestamptz '2026-11-01' - make_interval(secs => n * 31) as at) t`,
};

/** Fills each large table that is there and empty. */
export async function fillLargeTables(client: pg.Client, count: number, say: (line: string) => void): Promise<void> {
  for (const table of largeTables) {
    const { rows } = await client.query("select to_regclass($1) is not null as there", [`public.${table}`]);
    if (!rows[0].there || (await client.query(`select from ${table} limit 1`)).rowCount) continue;
    if (table === "contact_submissions") await client.query(texts);
    await client.query(fillers[table] ?? "", [count]);
    await client.query(`vacuum (analyze) ${table}`);
    say(`${table}: ${count.toLocaleString("en-GB")} rows`);
  }
}

/**
 * Applies every migration to a database of its own whose large tables hold so many rows, and writes what each took to
 * sql/figures.json.
 * @param url gives the address of a database on a server that belongs to this run
 */
export async function measureMigrations(
  url: (database: string) => string,
  { rows, folder = "sql", say }: { rows: number; folder?: string; say: (line: string) => void },
): Promise<void> {
  const name = "bench_migrations";
  const outside = await open(url("postgres"));
  try {
    await outside.query(`drop database if exists ${name} with (force)`);
    await outside.query(`create database ${name}`);
    const [client, watcher] = [await open(url(name)), await open(url(name))];
    try {
      const kept = await measureAll(client, watcher, { rows, folder, say });
      writeFileSync(join(folder, figuresName), `${JSON.stringify(kept, null, 2)}\n`);
    } finally {
      await client.end();
      await watcher.end();
    }
    await outside.query(`drop database ${name} with (force)`);
  } finally {
    await outside.end();
  }
}

async function measureAll(
  client: pg.Client,
  watcher: pg.Client,
  { rows, folder, say }: { rows: number; folder: string; say: (line: string) => void },
): Promise<MigrationFiguresFile> {
  const server = await client.query<{ server_version: string }>("show server_version");
  const kept: MigrationFiguresFile = {
    measured: {
      at: new Date().toISOString().slice(0, 10),
      server: server.rows[0]?.server_version ?? "",
      processors: availableParallelism(),
      rows,
    },
    migrations: {},
  };
  await client.query(createLedger);
  for (const migration of readMigrations(folder)) {
    const { ms, held, locks } = await applyWatched(client, watcher, migration);
    kept.migrations[migration.name] = { sha256: migration.sha256, ms, held, locks };
    say(`${migration.name}: ${ms} ms; held up ${Object.keys(locks).join(", ") || "nothing"} for ${held} ms`);
    await fillLargeTables(client, rows, say);
  }
  return kept;
}

async function open(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
