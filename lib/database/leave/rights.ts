import type pg from "pg";
import { websiteGrants } from "../grants";
import type { Found } from "./found";
import type { MadeObjects } from "./made-objects";

/** A right of the application's role: on one of the website's tables, on one of its columns, or on the schema. */
export type Right = { role: string; on: string; privilege: string; grantable: boolean };

/**
 * The rights that the application's roles have on the website's tables because of us: all that we grant, without those
 * they had before.
 */
export async function listRights(
  client: pg.Client,
  roles: string[],
  found: Found[],
  made: MadeObjects,
): Promise<{ rights: Right[]; rightsKept: Right[] }> {
  const wanted = new Set(["schema public usage"]);
  for (const [table, privileges] of Object.entries(websiteGrants)) {
    for (const [, privilege = "", columns] of privileges.matchAll(/(\w+)(?: \(([^)]*)\))?/g)) {
      if (!columns) wanted.add(`table ${table} ${privilege}`);
      for (const column of columns?.split(", ") ?? []) wanted.add(`column ${table}.${column} ${privilege}`);
    }
  }
  const had = new Set(found.filter(({ kind }) => kind === "right").map((right) => `${right.name} ${right.definition}`));
  const { rows } = await client.query<Right & { named: string }>(
    `select r.rolname as role, object as on, lower(privilege_type) as privilege, is_grantable as grantable,
       grantee::regrole::text as named
     from (
       select 'schema public' as object, acl.* from pg_namespace n, aclexplode(n.nspacl) acl where n.nspname = 'public'
       union all
       select 'table ' || c.relname, acl.* from pg_class c, aclexplode(c.relacl) acl
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       union all
       select 'column ' || c.relname || '.' || a.attname, acl.*
       from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
     ) granted
     join pg_roles r on r.oid = grantee
     where r.rolname = any ($1) and not pg_has_role(r.oid, current_user::regrole, 'usage')
     order by 1, 2, 3`,
    [roles],
  );
  // Rights on our own columns disappear with the columns.
  const theirs = rows.filter(({ on }) => !made.columns.some(({ table, name }) => on === `column ${table}.${name}`));
  const goes = ({ on, privilege, named }: Right & { named: string }) =>
    wanted.has(`${on} ${privilege}`) && !had.has(`${on} ${named} ${privilege}`);
  const rights = theirs.filter(goes);
  const rightsKept = theirs.filter(
    (right) =>
      !goes(right) &&
      rights.some(
        ({ role, on, privilege }) =>
          role === right.role &&
          privilege === right.privilege &&
          right.on.startsWith(`${on.replace("table", "column")}.`),
      ),
  );
  return { rights, rightsKept };
}
