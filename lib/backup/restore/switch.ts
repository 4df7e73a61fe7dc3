import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { BackupError } from "../backup-error";
import { onDatabase, onServer } from "../connection";

/**
 * Replaces `database` by `beside`: ends the connections to both and renames them in one transaction. Also copies the
 * database's own grants and settings, which no dump contains.
 * @returns the new name of the old database
 * @throws BackupError; both names are then unchanged
 */
export async function switchDatabases(
  server: ConnectionSettings,
  database: string,
  beside: string,
  report: (line: string) => void,
): Promise<string> {
  const before = `${database}_before_${new Date().toISOString().slice(0, 19).replaceAll(/\D/g, "")}`;
  const [old, next, kept] = [database, beside, before].map(pg.escapeIdentifier);
  // A session cannot rename the database that it is connected to.
  return onServer(onDatabase(server, "postgres"), async (client) => {
    await copyRights(client, database, beside);
    for (const line of await copySettings(client, database, beside)) report(line);
    report(`Ending the connections to ${database}, and putting the restored one in its place…`);
    try {
      await client.query(`alter database ${old} allow_connections false`);
      await client.query("begin");
      await client.query(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = any ($1) and pid <> pg_backend_pid()",
        [[database, beside]],
      );
      await client.query(`alter database ${old} rename to ${kept}`);
      await client.query(`alter database ${next} rename to ${old}`);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      await client.query(`alter database ${old} allow_connections true`).catch(() => undefined);
      throw new BackupError(
        `${database} is as it was, because it could not be replaced: ${(error as Error).message}. Stop what is connected to it, or connect as a superuser.`,
      );
    }
    await client
      .query(`alter database ${kept} allow_connections true`)
      .catch((error: Error) => report(`Nobody may connect to ${before} yet: ${error.message}.`));
    return before;
  });
}

async function copyRights(client: pg.Client, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('grant %s on database %I to %s', a.privilege_type, $2::text,
       case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end) as statement
     from pg_database d, aclexplode(d.datacl) a where d.datname = $1`,
    [from, to],
  );
  if (rows.length === 0) return;
  await client.query(`revoke all on database ${pg.escapeIdentifier(to)} from public`);
  for (const { statement } of rows) await client.query(statement);
}

/**
 * Copies each setting by setting it in this session first, because `from current` then quotes the value correctly.
 * @returns what could not be copied, a sentence each
 */
async function copySettings(client: pg.Client, from: string, to: string): Promise<string[]> {
  const { rows } = await client.query<{ role: string | null; name: string; value: string }>(
    `select case s.setrole when 0 then null else pg_get_userbyid(s.setrole) end as role,
       split_part(setting, '=', 1) as name, substr(setting, strpos(setting, '=') + 1) as value
     from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) setting
     where d.datname = $1`,
    [from],
  );
  const left: string[] = [];
  for (const { role, name, value } of rows) {
    const of = role === null ? "" : `role ${pg.escapeIdentifier(role)} in `;
    try {
      await client.query("begin");
      await client.query("select set_config($1, $2, true)", [name, value]);
      await client.query(
        `alter ${of}database ${pg.escapeIdentifier(to)} set ${name.split(".").map(pg.escapeIdentifier).join(".")} from current`,
      );
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      left.push(`The database's setting ${name} is left out: ${(error as Error).message}.`);
    }
  }
  return left;
}
