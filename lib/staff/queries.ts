import "server-only";
import { cache } from "react";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import { isBlank, trimText } from "@/lib/text/visible-text";
import type { Colleague, Role } from "./staff";

export type StaffRow = {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** Whether the provider sets their role, and since when it has given them none, which keeps them out. */
  roleFromProvider: boolean;
  roleRefusedAt: Date | null;
  /** Whether they have signed in with the provider, and whether they have a password here. */
  linked: boolean;
  hasPassword: boolean;
  hasFactor: boolean;
  mustChangePassword: boolean;
  disabledAt: Date | null;
  lastSeenAt: Date | null;
  /** The number of contacts assigned to them. */
  assigned: number;
};

/** Everybody on the staff list: active people first, then by name in the desk's collation. @throws DatabaseError */
export async function listStaff(): Promise<StaffRow[]> {
  const rows = await queryRows<StaffRow>(Prisma.sql`
    select
      p.id, p.email, p.name, p.role,
      p.role_source = 'provider' as "roleFromProvider",
      p.role_refused_at as "roleRefusedAt",
      exists (select from staff_identities i where i.staff_id = p.id) as linked,
      p.password_hash is not null as "hasPassword",
      exists (
        select from second_factors f where f.staff_id = p.id and f.confirmed_at is not null
      ) as "hasFactor",
      p.must_change_password as "mustChangePassword",
      p.disabled_at as "disabledAt",
      (select max(s.last_seen_at) from staff_sessions s where s.staff_id = p.id) as "lastSeenAt",
      (select count(*)::int from contact_submissions c where c.assignee_id = p.id) as assigned
    from staff p
    order by p.disabled_at is not null, p.name collate desk_people, p.id`);
  return rows.map(withName);
}

/** Everybody, active people first, then by name; for menus and names. Read once per request. @throws DatabaseError */
export const listColleagues = cache(async (): Promise<Colleague[]> => {
  const rows = await queryRows<Colleague>(Prisma.sql`
    select id, name, disabled_at is not null as disabled
    from staff
    order by disabled_at is not null, name collate desk_people, id`);
  return rows.map(withName);
});

/** Earlier versions took a name of which nothing can be seen. */
function withName<Row extends { name: string }>(row: Row): Row {
  return isBlank(row.name) ? { ...row, name: "No name" } : row;
}

/** One person by id, or by e-mail in any case; null if there is none. @throws DatabaseError */
export async function getStaffMember(
  by: { id: string } | { email: string },
): Promise<{ id: string; email: string; name: string } | null> {
  const [row] = await queryRows<{ id: string; email: string; name: string }>(Prisma.sql`
    select id, email, name from staff
    where ${"id" in by ? Prisma.sql`id = ${by.id}::uuid` : Prisma.sql`lower(email) = lower(${trimText(by.email)})`}`);
  return row ?? null;
}
