import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { BackupError } from "../backup-error";
import { onDatabase, onServer, readMajor } from "../connection";
import type { Manifest } from "../make/manifest";
import { requireKey } from "../store/parts";
import { readSealKey } from "../store/seal";
import type { BackupStore } from "../store/store";
import { findRestoreTools } from "../tools";
import { dropDatabase } from "./drop";
import { readManifest } from "./prove";
import { type RestoreOptions, restoreBackup } from "./restore";
import { switchDatabases } from "./switch";

export type Recovery = {
  manifest: Manifest;
  database: string;
  rows: number;
  /** The new name of the database that was replaced. Null if none was. */
  before: string | null;
};

/** The target database before anything is done to it. */
type Target = { database: string; role: string; superuser: boolean; empty: boolean; major: number };

/**
 * Restores a backup for use: into an empty database, or in place of the non-empty one that `over` names. That one is
 * never emptied. The backup is restored beside it, then the two swap names, and the old one is kept.
 * @throws BackupError with the reason; a non-empty target is then unchanged
 */
export async function recover(options: {
  store: BackupStore;
  name: string;
  into: ConnectionSettings;
  over?: string;
  roles: RestoreOptions["roles"];
  report: (line: string) => void;
  signal?: AbortSignal;
}): Promise<Recovery> {
  const { store, name, into, over, roles, report, signal } = options;
  const manifest = await readManifest(store, name);
  const key = await readSealKey();
  if (manifest.sealedFor !== null) requireKey(manifest.sealedFor, key);
  const target = await onServer(into, async (client) => {
    const described = await describeTarget(client);
    refuseData(described, over);
    if (roles === "kept") await requireRoles(client, manifest, described);
    return described;
  });
  const tools = await findRestoreTools(target.major, manifest);
  const beside = target.empty ? null : `${target.database}_${name.replaceAll("-", "_")}`;
  if (beside) await onServer(into, (client) => createBeside(client, target.database, beside));
  const empty = beside ? onDatabase(into, beside) : into;
  try {
    const { rows } = await restoreBackup({ store, manifest, key, tools, target: empty, roles, report, signal });
    await onServer(empty, tidy, signal);
    const before = beside ? await switchDatabases(into, target.database, beside, report) : null;
    return { manifest, database: target.database, rows, before };
  } catch (error) {
    if (beside) {
      const left = await dropDatabase(into, beside);
      if (left) report(`The database ${beside} is still there: ${left}. Drop it.`);
    } else {
      report(`What was restored until then is left in ${target.database}: drop that database and create it anew.`);
    }
    signal?.throwIfAborted();
    throw error;
  }
}

async function describeTarget(client: pg.Client): Promise<Target> {
  const { rows } = await client.query<Omit<Target, "major">>(`
    with own_schema as (
      select oid from pg_namespace
      where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_(toast|temp)'
    ), object as (
      select 'pg_class'::regclass as class, oid from pg_class where relnamespace in (select oid from own_schema)
      union all select 'pg_proc'::regclass, oid from pg_proc where pronamespace in (select oid from own_schema)
      union all select 'pg_type'::regclass, oid from pg_type where typnamespace in (select oid from own_schema)
    )
    select current_database()::text as database, current_user::text as role,
      (select rolsuper from pg_roles where rolname = current_user) as superuser,
      not exists (
        select from object o where not exists (
          select from pg_depend d where d.classid = o.class and d.objid = o.oid and d.deptype in ('e', 'i'))) as empty`);
  const [found] = rows;
  if (!found) throw new BackupError("The database said nothing about itself.");
  return { ...found, major: await readMajor(client) };
}

function refuseData({ database, empty }: Target, over: string | undefined): void {
  if (over !== undefined && over !== database) {
    throw new BackupError(`--over says ${over}, and the URL leads to ${database}. Nothing was done.`);
  }
  if (empty || over !== undefined) return;
  throw new BackupError(
    `The database ${database} holds something already, and nothing was done. Name an empty one, or say --over ${database} to put the backup in its place.`,
  );
}

/** Checks that the owners and grantees exist here, and that the role may give objects to the owners. */
async function requireRoles(client: pg.Client, { owners, grantees }: Manifest, { role }: Target): Promise<void> {
  const { rows } = await client.query<{ name: string; present: boolean; own: boolean }>(
    `select name, r.oid is not null as present, coalesce(pg_has_role(r.oid, 'member'), false) as own
     from unnest($1::text[]) as name left join pg_roles r on r.rolname = name order by name`,
    [[...new Set([...owners, ...grantees])]],
  );
  const missing = rows.filter(({ present }) => !present).map(({ name }) => name);
  if (missing.length > 0) {
    const lines = missing.map((name) => `create role ${pg.escapeIdentifier(name)} login password '…';`).join(" ");
    throw new BackupError(
      `The backup gives rights to roles that this server does not have. Create them first: ${lines} Or say --no-roles: then all belongs to ${role}, and the migrations give the desk its rights.`,
    );
  }
  const others = rows.filter(({ name, own }) => owners.includes(name) && !own).map(({ name }) => name);
  if (others.length > 0) {
    throw new BackupError(
      `The backup's tables belong to ${others.join(", ")}, and ${role} may not give them to others: connect as that role or as a superuser, or say --no-roles.`,
    );
  }
}

/** Creates a database with the same owner, encoding and collation. */
async function createBeside(client: pg.Client, database: string, beside: string): Promise<void> {
  const { rows } = await client.query<{ owner: string; encoding: string; collate: string; ctype: string }>(
    `select pg_get_userbyid(datdba) as owner, pg_encoding_to_char(encoding) as encoding, datcollate as collate,
       datctype as ctype from pg_database where datname = $1`,
    [database],
  );
  const [old] = rows;
  if (!old) throw new BackupError(`There is no database ${database}.`);
  const options = [
    `owner ${pg.escapeIdentifier(old.owner)}`,
    "template template0",
    `encoding ${pg.escapeLiteral(old.encoding)}`,
    `lc_collate ${pg.escapeLiteral(old.collate)}`,
    `lc_ctype ${pg.escapeLiteral(old.ctype)}`,
  ];
  await client.query(`create database ${pg.escapeIdentifier(beside)} ${options.join(" ")}`).catch((error: Error) => {
    throw new BackupError(`No database could be made beside ${database}: ${error.message}.`);
  });
}

/**
 * Prepares a restored database for use. Removes the backup run that was in progress in the dump, and analyzes the
 * tables for the planner.
 */
async function tidy(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select to_regclass('public.backup_runs') is not null as present");
  if (rows[0]?.present) await client.query("delete from public.backup_runs where ended_at is null");
  // Each table by name. Without names ANALYZE includes the system catalogue, which only superusers may analyze.
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and pg_has_role(c.relowner, 'usage')
       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'`,
  );
  for (const { name } of tables) await client.query(`analyze ${name}`);
}
