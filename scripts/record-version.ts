import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { migrate } from "@/lib/database/migrate/migrations";
import { type PreviousVersion, previousVersionName } from "@/lib/database/migrate/previous-version";
import { openOwnServer, withClient } from "@/tests/bench/database";
import { runCommand } from "./command/command";

const database = "record_version";
const role = "record_version";

/**
 * npm run record-version: records this version's schema, so that the next version can be tested against it. Run it at a
 * release, before package.json gets the next number.
 */
await runCommand(async () => {
  for (const name of Object.keys(process.env)) if (/^(DATABASE_|DB_|PG)/.test(name)) delete process.env[name];
  const { url } = await openOwnServer();
  await withClient(url("postgres"), async (client) => {
    await client.query(`drop database if exists ${database}`);
    await client.query(`drop role if exists ${role}`);
    await client.query(`create role ${role}`);
    await client.query(`create database ${database}`);
  });
  const application = Object.assign(new URL(url(database)), { username: role }).href;
  await migrate({ owner: { connectionString: url(database) }, application: { connectionString: application } });
  const recorded = await withClient(url(database), async (client): Promise<PreviousVersion> => {
    const applied = await client.query<{ name: string }>("select name from schema_migration order by name");
    return {
      version: JSON.parse(readFileSync("package.json", "utf8")).version,
      migrations: applied.rows.map(({ name }) => name),
      grants: await listGrants(client),
    };
  });
  await withClient(url("postgres"), async (client) => {
    await client.query(`drop database ${database}`);
    await client.query(`drop role ${role}`);
  });
  const path = join("sql", previousVersionName);
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(
    `${path}: version ${recorded.version}, ${recorded.migrations.length} migrations, ${recorded.grants.length} grants.`,
  );
  return 0;
});

async function listGrants(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ grant: string }>(
    `with given (privilege, object, grantee) as (
       select acl.privilege_type, c.oid::regclass::text, acl.grantee
       from pg_class c, aclexplode(c.relacl) acl where c.relnamespace = 'public'::regnamespace
       union all
       select format('%s (%s)', acl.privilege_type, string_agg(quote_ident(a.attname), ', ' order by a.attnum)),
         a.attrelid::regclass::text, acl.grantee
       from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) acl
       where c.relnamespace = 'public'::regnamespace and not a.attisdropped
       group by a.attrelid, acl.privilege_type, acl.grantee
       union all
       select acl.privilege_type, format('function %s', p.oid::regprocedure), acl.grantee
       from pg_proc p, aclexplode(p.proacl) acl where p.pronamespace = 'public'::regnamespace
     )
     select format('grant %s on %s to APPLICATION', lower(privilege), object) as "grant"
     from given where grantee = $1::regrole order by 1`,
    [role],
  );
  return rows.map(({ grant }) => grant);
}
