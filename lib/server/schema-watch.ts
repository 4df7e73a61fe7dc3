import { checkReadiness, type Readiness } from "@/lib/database/health";
import type { ExpectedMigrations } from "@/lib/database/migrate/previous-version";
import { getSchemaState, requireSchema, servesSchema } from "@/lib/database/migrate/schema-state";
import { describeUnreachable } from "@/lib/database/unreachable";
import { waitAfter } from "@/lib/database/waiting";
import { getLog } from "@/lib/runtime/log";
import { isGiven } from "@/lib/settings/settings";
import { isFirstProcess } from "./processes";

/** Milliseconds until the next look while the schema is current: only a restored backup makes it older again. */
const lookEvery = 30_000;

/** While a migration is under way or awaited, somebody stands by: no longer than this. */
const longestForSchema = 4_000;

/**
 * Looks at the schema once, and from then on in the background. Until the database answers it is asked again and again, with
 * growing pauses and a line each, so that a server that is started before its database waits for it.
 * @param expected the files of sql/ that this code rests on
 */
export async function watchSchema(expected: ExpectedMigrations): Promise<void> {
  requireSchema(expected);
  let first = await checkReadiness();
  // A busy machine may need more than its second once; a database that is away says so.
  if (!first.ready && first.reason === "database" && !first.error) first = await checkReadiness();
  void keepLooking(first);
}

async function keepLooking(first: Readiness): Promise<void> {
  let [answer, tries, said] = [first, 0, ""];
  for (;;) {
    // Once the desk serves, a database that is away is for every request to say.
    const served = servesSchema();
    if (getSchemaState() === "earlier" && answer.ready) {
      if (said !== "earlier") sayEarlier();
      [tries, said] = [0, "earlier"];
      await pause(longestForSchema);
    } else if (answer.ready || (served && answer.reason === "database")) {
      if (answer.ready && said) getLog().info({ event: "schema_current" });
      [tries, said] = [0, answer.ready ? "" : said];
      await pause(lookEvery);
    } else {
      const wait = waitAfter(tries++);
      const again = answer.reason === "database" ? wait : Math.min(wait, longestForSchema);
      // What waits for an administrator is said once, and every try to reach the database.
      if (answer.reason === "database" || answer.reason !== said) sayWhy(answer, again);
      said = answer.reason;
      await pause(again);
    }
    answer = await checkReadiness();
  }
}

function sayEarlier(): void {
  if (!isFirstProcess()) return;
  const words =
    "The database has the schema of the version before: run the migrations. What rests on the new ones waits for them.";
  getLog().warn({ event: "serving_earlier_schema" }, words);
}

function sayWhy(answer: Extract<Readiness, { ready: false }>, again: number): void {
  if (!isFirstProcess()) return;
  if (answer.reason !== "database") {
    const words =
      answer.reason === "schema"
        ? "The database's schema is older than that of the version before: run the migrations. Nothing is served until then."
        : "A migration is under way. Nothing is served until it has ended.";
    getLog().warn({ event: `waiting_for_${answer.reason}` }, words);
    return;
  }
  const name = isGiven("DATABASE_URL") ? "DATABASE_URL" : "DB_HOST";
  const error = (answer.error ?? { message: "timeout" }) as { code?: string; message?: string };
  getLog().warn({ event: "waiting_for_database", again: again / 1000 }, describeUnreachable(error, name));
}

/** Does not keep the process alive. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((over) => setTimeout(over, milliseconds).unref());
}
