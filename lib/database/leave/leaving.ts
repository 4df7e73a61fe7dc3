import type pg from "pg";
import { rejoinEvents } from "../events/rejoin";
import { MigrationError } from "../migrate/migration-files";
import { onDirectConnection, withMigrationLock } from "../migrate/migration-session";
import type { MigrationOptions } from "../migrate/migrations";
import { type Step, takeStep } from "../steps";
import { type LeavingPlan, planLeaving } from "./leaving-plan";
import type { Right } from "./rights";

/**
 * Removes everything of ours from the website's database, while the website goes on writing. After an interruption at
 * any point, run it again and it continues.
 * @throws MigrationError if something of others depends on what is ours, or a lock cannot be had.
 */
export function leaveDatabase(options: MigrationOptions): Promise<LeavingPlan> {
  const { report = () => {}, patience } = options;
  return onDirectConnection(options.owner, (client) =>
    withMigrationLock(
      client,
      async () => {
        const before = await planLeaving(client, options);
        if (before.problems.length) throw new MigrationError(before.problems.join(" "));
        const plan = (await rejoinEvents(client, report)) ? await planLeaving(client, options) : before;
        for (const step of listSteps(client, plan)) {
          await takeStep(client, step, report);
          report(step.title);
        }
        return plan;
      },
      { patience, report },
    ),
  );
}

/** Reads what `leaveDatabase` would do; changes nothing. */
export function readLeavingPlan(options: MigrationOptions): Promise<LeavingPlan> {
  return onDirectConnection(options.owner, (client) => planLeaving(client, options));
}

/**
 * The steps, in an order that never leaves the website calling something that is gone. First goes what its writes run,
 * then what its reads use, last what only the desk knows.
 */
function listSteps(client: pg.Client, plan: LeavingPlan): Step[] {
  const name = (text: string) => client.escapeIdentifier(text);
  const { goes } = plan;
  const tablesWithTriggers = [...new Set(goes.triggers.map(({ table }) => table))];
  const tablesWithColumns = [...new Set(goes.columns.map(({ table }) => table))];
  return [
    {
      title: "Recorded that Contact Desk is leaving",
      // Without its migrations in the ledger, a server that starts or is asked for readiness answers 503.
      statements: [
        "insert into found_at_adoption (kind, name) select 'leaving', '' where not exists (select from found_at_adoption where kind = 'leaving')",
        "delete from schema_migration where name <> '0005_found_at_adoption.sql'",
      ],
    },
    // One table at a time, because two locks at once could deadlock.
    ...tablesWithTriggers.map((table) => ({
      title: `Triggers taken off ${table}`,
      statements: goes.triggers
        .filter((trigger) => trigger.table === table)
        .map((trigger) => `drop trigger ${name(trigger.name)} on ${name(table)}`),
    })),
    ...(plan.restored.length > 0
      ? [{ title: "The website's functions restored", statements: plan.restored.map(({ definition }) => definition) }]
      : []),
    ...goes.indexes.map((index) => ({
      title: `Index ${index} dropped`,
      statements: [`drop index concurrently if exists ${name(index)}`],
      alone: true,
    })),
    ...goes.statistics.map((statistics) => ({
      title: `Statistics ${statistics} dropped`,
      statements: [`drop statistics ${name(statistics)}`],
    })),
    ...tablesWithColumns.map((table) => ({
      title: `Columns taken off ${table}`,
      statements: [
        `alter table ${name(table)} ${goes.columns
          .filter((column) => column.table === table)
          .map((column) => `drop column ${name(column.name)}`)
          .join(", ")}`,
      ],
    })),
    {
      title: "Tables, functions and rights gone",
      statements: [
        ...plan.rights.map((right) => printRevoke(name, right)),
        ...plan.rightsKept.map((right) => printGrant(name, right)),
        `drop table ${plan.tables.map((table) => name(table.name)).join(", ")}`,
        // Only now, because a trigger on a table of ours runs one of the website's functions.
        ...[...goes.functions, ...plan.dropped].map((signature) => `drop function ${signature}`),
        ...goes.collations.map((collation) => `drop collation ${name(collation)}`),
        ...goes.extensions.map((extension) => `drop extension ${name(extension)}`),
      ],
    },
  ];
}

function printRevoke(name: (text: string) => string, right: Right): string {
  return `revoke ${printRight(name, right)} from ${name(right.role)}`;
}

function printGrant(name: (text: string) => string, right: Right): string {
  return `grant ${printRight(name, right)} to ${name(right.role)}${right.grantable ? " with grant option" : ""}`;
}

function printRight(name: (text: string) => string, { on, privilege }: Right): string {
  const [kind, object = ""] = on.split(" ");
  const [table = "", column = ""] = object.split(".");
  if (kind === "column") return `${privilege} (${name(column)}) on ${name(table)}`;
  return `${privilege} on ${kind === "schema" ? "schema " : ""}${name(object)}`;
}
