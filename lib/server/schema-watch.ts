import { checkReadiness, type Readiness } from "@/lib/database/health";
import type { ExpectedMigrations } from "@/lib/database/migrate/previous-version";
import { getSchemaState, requireSchema, servesSchema } from "@/lib/database/migrate/schema-state";
import { describeUnreachable } from "@/lib/database/unreachable";
import { waitAfter } from "@/lib/database/waiting";
import { getLog } from "@/lib/runtime/log";
import { isGiven } from "@/lib/settings/settings";
import { isFirstProcess } from "./processes";

/** Milliseconds until the next check while the schema is current: only a restored backup makes it older again. */
const lookEvery = 30_000;

/** The longest pause, in ms, while a migration is running or awaited, because somebody is waiting for it. */
const longestForSchema = 4_000;

/**
 * Checks the schema once, and from then on in the background. Until the database answers it is asked again and again,
 * with growing pauses and one log line each. So a server may be started before its database.
 * @param expected the files of sql/ that this code depends on
 */
export async function watchSchema(expected: ExpectedMigrations): Promise<void> {
  requireSchema(expected);
  let first = await checkReadiness();
  // On a busy machine the first check may time out, so it is repeated once. A database that is away fails with an error
  // instead.
  if (!first.ready && first.reason === "database" && !first.error) first = await checkReadiness();
  void keepLooking(first);
}

async function keepLooking(first: Readiness): Promise<void> {
  let [answer, tries, said] = [first, 0, ""];
  for (;;) {
    // Once the desk serves, each request reports by itself that the database is away.
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
      // What waits for an administrator is logged once; each failed try to reach the database is logged.
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
    "The database has the schema of the version before: run the migrations. Parts that need the new schema wait for it.";
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
