import type pg from "pg";
import { getNow } from "@/lib/runtime/clock";
import { readSetting } from "@/lib/settings/settings";
import { BackupError } from "../backup-error";
import { onServer, readMajor } from "../connection";
import { listBackups } from "../list";
import { readBackupDatabases } from "../settings";
import { readPart, writePart } from "../store/parts";
import { readSealKey, type SealKey } from "../store/seal";
import { type BackupStore, writeText } from "../store/store";
import { findTools } from "../tools";
import { readContents } from "./contents";
import { type ListedFile, listDocuments, readListedDocuments } from "./documents";
import { dumpDatabase } from "./dump";
import { type BackupPart, type Manifest, manifestFile, nameBackup, printManifest } from "./manifest";

/** Facts about the source database, read in the dump's snapshot. */
type Source = Pick<Manifest, "server" | "database" | "migration" | "owners" | "grantees" | "extensions">;

/**
 * Makes a backup: a dump of the whole database, then the list of document files, then the manifest. Files without a
 * manifest are not a backup, so the manifest comes last. Writes to the database go on meanwhile and are not included.
 * If anything fails, all files are removed.
 * @throws BackupError, SettingError
 */
export async function makeBackup(options: {
  store: BackupStore;
  deskVersion: string;
  report?: (line: string) => void;
  signal?: AbortSignal;
  now?: Date;
}): Promise<Manifest> {
  const { store, deskVersion, report = () => {}, signal, now = getNow() } = options;
  const { source } = readBackupDatabases();
  const key = await readSealKey();
  const documents = readSetting("DOCUMENTS_DIR");
  return onServer(
    source,
    async (client) => {
      const tools = await findTools(await readMajor(client));
      await store.check();
      const name = await findName(store, now);
      await client.query("begin isolation level repeatable read, read only");
      const { rows } = await client.query<{ id: string }>("select pg_export_snapshot() as id");
      const described = await describeSource(client);
      const tables = await countTables(client);
      if (tables === 0) {
        throw new BackupError(`The database ${described.database} holds no tables: is it the right one?`);
      }
      report(`Dumping ${described.database} with pg_dump ${tools.version} to ${store.location}…`);
      // If the dump or the checksums fail, the other is aborted.
      const failed = new AbortController();
      const both = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
      const written: string[] = [];
      try {
        const content = dumpDatabase({ tools, source, snapshot: rows[0]?.id ?? "", tables, signal: both });
        const [dump, contents] = await allOrNone(failed, [
          writePart({ store, file: `${name}.dump`, content, key, signal: both }).then((part) => {
            written.push(part.file);
            return part;
          }),
          readContents(client),
        ]);
        await client.query("commit");
        const listed = documents ? await writeDocuments(store, name, documents, key, signal) : null;
        if (listed) written.push(listed.file);
        await checkSizes(store, [dump, listed]);
        const manifest: Manifest = {
          format: 1,
          name,
          startedAt: now.toISOString(),
          endedAt: new Date().toISOString(),
          desk: deskVersion,
          ...described,
          tool: tools.version,
          sealedFor: key?.recipient ?? null,
          dump,
          documents: listed,
          tables: contents,
        };
        signal?.throwIfAborted();
        await writeText(store, manifestFile(name), printManifest(manifest));
        return manifest;
      } catch (error) {
        failed.abort();
        for (const file of written) await store.remove(file).catch(() => undefined);
        signal?.throwIfAborted();
        throw error;
      }
    },
    signal,
  );
}

/** Waits for both promises to settle. If one fails, aborts the other and throws the first error. */
async function allOrNone<A, B>(failed: AbortController, work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  let reason: unknown;
  const watch = <T>(promise: Promise<T>) =>
    promise.catch((error: unknown) => {
      reason ??= error;
      failed.abort();
      throw error;
    });
  const [a, b] = await Promise.allSettled([watch(work[0]), watch(work[1])] as const);
  if (a.status === "fulfilled" && b.status === "fulfilled") return [a.value, b.value];
  throw reason;
}

/** The name for this second, or for the first later second that no file in the store uses. */
async function findName(store: BackupStore, now: Date): Promise<string> {
  const names = new Set([...(await store.list()).keys()].map((file) => file.split(".", 1)[0]));
  for (let at = now; ; at = new Date(at.getTime() + 1_000)) if (!names.has(nameBackup(at))) return nameBackup(at);
}

async function writeDocuments(
  store: BackupStore,
  name: string,
  folder: string,
  key: SealKey | null,
  signal?: AbortSignal,
): Promise<NonNullable<Manifest["documents"]>> {
  const sum = { count: 0, total: 0 };
  const content = listDocuments(folder, sum, readListBefore(store, key), signal);
  const part = await writePart({ store, file: `${name}.documents.gz`, content, key, signal });
  return { ...part, ...sum };
}

/** The document list of the latest backup that has one. Empty if none can be read. */
async function* readListBefore(store: BackupStore, key: SealKey | null): AsyncGenerator<ListedFile> {
  for (const { manifest } of await listBackups(store)) {
    if (!manifest?.documents || manifest.sealedFor !== (key?.recipient ?? null)) continue;
    yield* readListedDocuments(readPart(store, manifest, manifest.documents, key));
    return;
  }
}

/** Checks that the store holds as many bytes as were written. @throws BackupError */
async function checkSizes(store: BackupStore, parts: (BackupPart | null)[]): Promise<void> {
  const sizes = await store.list();
  for (const { file, bytes } of parts.filter((part) => part !== null)) {
    const kept = sizes.get(file);
    if (kept !== bytes)
      throw new BackupError(`The store keeps ${kept ?? 0} bytes of ${file} where ${bytes} were written.`);
  }
}

async function countTables(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence <> 't'
       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'`,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Reads server facts, owners, grantees and extensions, as far as a dump names them. These roles must exist where the
 * backup is restored with its rights.
 */
async function describeSource(client: pg.ClientBase): Promise<Source> {
  const { rows } = await client.query<Source & { ledger: boolean }>(`
    with own_schema as (
      select oid, nspowner, nspacl from pg_namespace
      where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_(toast|temp)'
    ), object as (
      select 'pg_class'::regclass as class, oid, relowner as owner, relacl as acl from pg_class
        where relkind in ('r', 'p', 'v', 'm', 'S', 'f') and relnamespace in (select oid from own_schema)
      union all select 'pg_proc'::regclass, oid, proowner, proacl from pg_proc
        where pronamespace in (select oid from own_schema)
      union all select 'pg_type'::regclass, t.oid, typowner, typacl from pg_type t
        where typnamespace in (select oid from own_schema) and typtype in ('e', 'd', 'r')
      union all select 'pg_namespace'::regclass, oid, nspowner, nspacl from own_schema where oid <> 'public'::regnamespace
    ), dumped as (
      select owner, acl from object o
      where not exists (
        select from pg_depend d where d.classid = o.class and d.objid = o.oid and d.deptype in ('e', 'i'))
    ), granted as (
      select (aclexplode(acl)).grantee from dumped
      union select (aclexplode(attacl)).grantee from pg_attribute a join pg_class c on c.oid = a.attrelid
        where attacl is not null and c.relnamespace in (select oid from own_schema)
      union select (aclexplode(nspacl)).grantee from own_schema where oid = 'public'::regnamespace
      union select unnest(array[defaclrole, (aclexplode(defaclacl)).grantee]) from pg_default_acl
    )
    select current_setting('server_version') as server, current_database()::text as database,
      to_regclass('public.schema_migration') is not null as ledger,
      (select coalesce(jsonb_agg(distinct pg_get_userbyid(owner)), '[]') from dumped) as owners,
      (select coalesce(jsonb_agg(distinct pg_get_userbyid(grantee)), '[]') from granted
        where grantee <> 0 and pg_get_userbyid(grantee) !~ '^pg_') as grantees,
      (select coalesce(jsonb_agg(jsonb_build_object('name', extname, 'schema', n.nspname) order by extname), '[]')
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname <> 'plpgsql') as extensions`);
  const [found] = rows;
  if (!found) throw new BackupError("The database said nothing about itself.");
  const { ledger, ...source } = found;
  const { rows: last } = ledger
    ? await client.query<{ name: string }>("select name from public.schema_migration order by name desc limit 1")
    : { rows: [] };
  return { ...source, server: source.server.split(" ")[0] ?? "", migration: last[0]?.name ?? null };
}
