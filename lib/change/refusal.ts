import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { RunQuery } from "@/lib/database/query";
import type { Assignments } from "./assignments";

/**
 * Why a change cannot be made to these contacts, in words; null if it can. Reads nothing unless the change names a
 * person or a contact.
 */
export async function findRefusal(
  run: RunQuery,
  { assigneeId, duplicateOf }: Assignments,
  contacts: { id: string }[],
): Promise<string | null> {
  return (
    (typeof assigneeId === "string" ? await refuseAssignee(run, assigneeId) : null) ??
    (typeof duplicateOf === "string" ? await refuseOriginal(run, duplicateOf, contacts) : null)
  );
}

async function refuseAssignee(run: RunQuery, id: string): Promise<string | null> {
  const [person] = await run<{ name: string; disabled: boolean }>(Prisma.sql`
    select name, disabled_at is not null as disabled from staff where id = ${id}::uuid`);
  if (!person) return "There is no such person to assign this to.";
  return person.disabled ? `${person.name} has been disabled and can't be assigned contacts.` : null;
}

/** The original must not be a duplicate itself, so that every duplicate is one step away from its original. */
async function refuseOriginal(run: RunQuery, id: string, contacts: { id: string }[]): Promise<string | null> {
  if (contacts.some((contact) => contact.id === id)) return "A contact can't be a duplicate of itself.";
  const [original] = await run<{ repeats: string | null }>(Prisma.sql`
    select duplicate_of as repeats from contact_submissions where id = ${id}`);
  if (!original) return `There is no contact ${id}.`;
  return original.repeats === null ? null : `${id} is itself a duplicate, of ${original.repeats}. Choose that one.`;
}
