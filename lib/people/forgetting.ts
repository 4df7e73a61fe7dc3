import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { countChange } from "@/lib/change/write";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { logFailedRequest } from "@/lib/runtime/log";
import { rememberChanges } from "@/lib/runtime/requester";
import { wakeFileRemoval } from "./files";
import type { Person, PersonCounts } from "./person";
import { printPersonKey } from "./person-key";
import { readPersonAgain } from "./queries";
import { listForms, listWords } from "./words";

/** What was removed, and the id of the recorded act. */
export type Forgotten = { act: string; counts: PersonCounts };

/**
 * Removes everything that the desk stores about a person, all of it or nothing, and records an act that names nobody.
 * Their files are removed from the store afterwards, with retries until they are gone.
 * @param withNames whether their name is removed from others' records as well as their address
 * @throws DatabaseError
 */
export async function forgetPerson(staffId: string, person: Person, withNames: boolean): Promise<Forgotten> {
  const { changes, ...forgotten } = await inTransaction("forget", async (run) => {
    await run(Prisma.sql`select set_config('desk.actor', ${`staff:${staffId}`}, true)`);
    const { contacts, address, ...rest } = (await readPersonAgain(run, person)) ?? person;
    const act = await writeAct(run, { staffId, kind: "forgotten", personKey: printPersonKey(person) });
    const words = listForms(listWords({ contacts, address, ...rest }, withNames));
    const counts = await forgetContacts(run, act, contacts, address, words);
    return { act, counts, changes: await countChange(run, staffId) };
  });
  if (changes !== null) rememberChanges(staffId, changes);
  void wakeFileRemoval();
  void refreshStatistics();
  return forgotten;
}

/**
 * Rebuilds the planner's statistics, because they hold values of some rows, which may be a person's. If this fails,
 * autovacuum does it later.
 */
export async function refreshStatistics(): Promise<void> {
  try {
    await inTransaction("analytics", (run) => run(Prisma.sql`select refresh_person_statistics()`));
  } catch (error) {
    if (describeDatabaseError(error).code === "busy") return;
    logFailedRequest(error, { method: "RUN", route: "forgetting", kind: "statistics" });
  }
}

/** Records an act in the caller's transaction. Returns its id. */
export async function writeAct(
  run: RunQuery,
  act: { staffId: string | null; kind: "archive" | "forgotten" | "retention"; personKey: string | null },
): Promise<string> {
  const [written] = await run<{ id: string }>(Prisma.sql`
    insert into person_acts (staff_id, kind, person_key)
    values (${act.staffId}::uuid, ${act.kind}, ${act.personKey})
    returning id::text as id`);
  if (!written) throw new Error("An act was not written down.");
  return written.id;
}

/** Removes contacts, in the transaction that recorded `act`. */
export async function forgetContacts(
  run: RunQuery,
  act: string,
  contacts: string[],
  address: string | null,
  words: string[],
): Promise<PersonCounts> {
  const [row] = await run<{ counts: Partial<PersonCounts> }>(Prisma.sql`
    select forget_detached(${act}::uuid, ${contacts}::text[], ${words}::text[],
      forget_contacts(${act}::uuid, ${contacts}::text[], ${address}, ${words}::text[])) as counts`);
  return { ...nothing, ...row?.counts };
}

const nothing: PersonCounts = {
  contacts: 0,
  blanked: 0,
  documents: 0,
  files: 0,
  notes: 0,
  history: 0,
  events: 0,
  views: 0,
  mentions: 0,
};
