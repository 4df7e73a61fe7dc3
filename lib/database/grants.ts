import type pg from "pg";

/**
 * The application's rights on the website's tables: to read them, and to set what triage sets on a contact. It cannot
 * change what visitors wrote.
 */
export const websiteGrants: Record<string, string> = {
  contact_submissions: "select, update (status, assignee_id, snoozed_until, spam_reason, duplicate_of)",
  documents: "select",
  analytics_events: "select",
  website_visitors: "select",
};

/**
 * The application's rights on our own tables. Only triggers write history, with their owner's rights. Staff are
 * disabled, never deleted.
 */
const deskGrants: Record<string, string> = {
  staff: "select, insert, update",
  staff_sessions: "select, insert, update, delete",
  sign_in_attempts: "select, insert, update, delete",
  familiar_origins: "select, insert, update, delete",
  staff_identities: "select, insert, update, delete",
  second_factors: "select, insert, update, delete",
  recovery_codes: "select, insert, update, delete",
  desk_settings: "select, insert, update",
  contact_history: "select",
  // Detached months. Forgetting a person deletes from them with the owner's rights.
  detached_history: "select",
  detached_events: "select",
  // What was asked for, and by whom, never changes.
  change_batches: "select, insert, update (outcome, done, cancelled_at, finished_at)",
  staff_changes: "select, insert, update",
  frozen_sets: "select, insert, delete",
  frozen_contacts: "select, insert, update (result), delete",
  // An export's end is written to its row. What was asked for, by whom and when never changes.
  contact_exports: "select, insert, update (ended_at, outcome, matching, written)",
  triage_queues: "select, insert, delete",
  triage_claims: "select, insert, update, delete",
  // Deleting a note only marks it. A trigger keeps its earlier text, with the trigger owner's rights.
  contact_notes: "select, insert, update (text, deleted_at)",
  contact_note_versions: "select",
  views: "select, insert, update, delete",
  contact_viewers: "select, insert, update, delete",
  backup_runs: "select, insert, update",
  // What was done for a person is recorded once. forget_contacts() writes its numbers.
  person_acts: "select, insert",
  forgotten_files: "select, update (tries, next_try_at, problem), delete",
  found_at_adoption: "select",
  schema_migration: "select",
};

/** Our functions that only the application may call. The others are open to everybody, or run only in triggers. */
const deskFunctions = [
  "clear_pending_words()",
  "list_contact_references(text[])",
  "without_words(text, text[])",
  "forget_contacts(uuid, text[], text, text[])",
  "forget_detached(uuid, text[], text[], jsonb)",
  "refresh_person_statistics()",
  "list_months()",
  "make_months(integer, integer)",
  "detach_month(text)",
];

/** The tables that Contact Desk creates beside the website's. */
export const deskTables = Object.keys(deskGrants).filter((table) => table !== "schema_migration");

/**
 * Gives the application's role exactly the rights that it needs on our tables and functions. On the website's tables it
 * only adds rights, because the role may be used elsewhere too.
 * @returns warnings, one sentence each, where the role can do more than it should whatever is granted here.
 */
export async function grantToApplication(client: pg.ClientBase, role: string): Promise<string[]> {
  const warnings = await describeRole(client, role);
  const grantee = client.escapeIdentifier(role);
  await client.query("begin");
  try {
    await client.query(`grant usage on schema public to ${grantee}`);
    for (const [table, privileges] of Object.entries(websiteGrants)) {
      await client.query(`grant ${privileges} on ${table} to ${grantee}`);
    }
    for (const [table, privileges] of Object.entries(deskGrants)) {
      await client.query(`revoke all on ${table} from ${grantee}`);
      await client.query(`grant ${privileges} on ${table} to ${grantee}`);
    }
    // Recorded, so that leaving can take the rights back from every role that got them.
    await client.query(
      `insert into found_at_adoption (kind, name) select 'application', $1
       where not exists (select from found_at_adoption where kind = 'application' and name = $1)`,
      [role],
    );
    for (const signature of deskFunctions) {
      // Anybody may run a function that was restored without its rights.
      await client.query(`revoke all on function ${signature} from public`);
      await client.query(`grant execute on function ${signature} to ${grantee}`);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  return warnings;
}

async function describeRole(client: pg.ClientBase, role: string): Promise<string[]> {
  const { rows } = await client.query<{ superuser: boolean; owns: boolean; creates: boolean }>(
    `select rolsuper as superuser, pg_has_role(oid, current_user::regrole, 'usage') as owns,
       has_schema_privilege(oid, 'public', 'create') as creates
     from pg_roles where rolname = $1`,
    [role],
  );
  const [found] = rows;
  if (!found) return [];
  if (found.superuser) return [`The application's role ${role} is a superuser, so its rights cannot be limited.`];
  if (found.owns)
    return [`The application's role ${role} is a member of the owner's: it can change the tables themselves.`];
  if (found.creates)
    return [`The application's role ${role} may create objects in the schema public, which it does not need.`];
  return [];
}
