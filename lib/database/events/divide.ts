import type pg from "pg";
import { MigrationError } from "../migrate/migration-files";
import { onDirectConnection, withMigrationLock } from "../migrate/migration-session";
import type { MigrationOptions } from "../migrate/migrations";
import { takeStep } from "../steps";
import { moveSome } from "./move";
import { rejoinEvents } from "./rejoin";
import { listObstacles, readEventsState } from "./state";

/** The last step starts when a move finds fewer rows than this, because it moves the rest while everybody waits. */
const fewEnough = 1_000;

/** The most moves before giving up. If they do not suffice, the website writes faster than rows can be moved. */
const drains = 200;

/**
 * Divides analytics_events by month while the website goes on writing to it. The steps change the catalogue, and move
 * only rows of later months and rows written meanwhile. So no statement waits longer than one step takes. After an
 * interruption, call it again to continue, or call `joinEvents` to undo it.
 * @returns false where it is divided already
 * @throws MigrationError if something that depends on the table could not go on as it is, or a lock cannot be had
 */
export function divideEvents(options: MigrationOptions): Promise<boolean> {
  const { report = () => {}, patience } = options;
  return onDirectConnection(options.owner, (client) =>
    withMigrationLock(client, () => divide(client, report), { patience, report }),
  );
}

async function divide(client: pg.Client, report: (line: string) => void): Promise<boolean> {
  const found = await readEventsState(client);
  if (found === "divided") return false;
  const take = async (title: string, ...statements: string[]) => {
    await takeStep(client, { title, statements }, report);
    report(title);
  };
  if (found !== "aside") {
    if (found === "joining") await rejoinEvents(client, report);
    const obstacles = await listObstacles(client);
    if (obstacles.length) throw new MigrationError(`analytics_events cannot be divided. ${obstacles.join(" ")}`);
    await take(
      "A new table made",
      "drop table if exists analytics_events_beside",
      "select make_part('analytics_events', 'analytics_events_beside')",
    );
    await take("New events go to the new table; the old ones stay readable beside it", "select set_events_aside()");
  }
  const { rows } = await client.query<{ month: string }>(
    "select ((date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC')::text as month",
  );
  const month = client.escapeLiteral(rows[0]?.month ?? "");
  await take("Events of later months taken out of the old table", `select bound_events(${month})`);
  await take(
    "The old table read from end to end",
    "alter table analytics_events_before validate constraint analytics_events_until",
  );
  await drain(client, month, report);
  await take("By month", `select divide_events(${month})`);
  return true;
}

/** Moves rows that have since arrived in the new table to the old one, until the last step finds few. */
async function drain(client: pg.Client, month: string, report: (line: string) => void): Promise<void> {
  for (let left = drains; left > 0; left--) {
    const path = { from: "analytics_events", to: "analytics_events_before", condition: `"timestamp" < ${month}` };
    if ((await moveSome(client, path, report)) < fewEnough) return;
  }
  throw new MigrationError(
    "Events come faster than they can be moved. Run this again at a quieter hour, or give it up with npm run partition-events -- --undo.",
  );
}
