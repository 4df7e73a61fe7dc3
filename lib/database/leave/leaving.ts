import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { MigrationError } from "../migration-files";
import { onDirectConnection, withMigrationLock } from "../migration-session";
import type { MigrationOptions } from "../migrations";
import { type LeavingPlan, planLeaving } from "./leaving-plan";
import type { Right } from "./rights";

/** Milliseconds a statement of the website may queue behind one of ours that waits for a lock on its table. */
const lockTimeout = 300;
/** Tries for such a lock, each after a longer pause: about five minutes in all. */
const lockTries = 60;

/**
 * Takes everything of ours out of the website's database, while the website goes on writing.
 * Interrupted at any point, it can be run again and goes on where it stood.
 * @throws MigrationError where something of somebody else's hangs on what is ours, or a lock is not to be had.
 */
export function leaveDatabase(options: MigrationOptions): Promise<LeavingPlan> {
  const { report = () => {}, patience } = options;
  return onDirectConnection(options.owner, (client) =>
    withMigrationLock(
      client,
      async () => {
        const plan = await planLeaving(client, options);
        if (plan.problems.length) throw new MigrationError(plan.problems.join(" "));
        for (const step of listSteps(client, plan)) {
          await take(client, step, report);
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

/** One thing to do, in a transaction of its own; `alone`: one statement that takes care of itself. */
type Step = { title: string; statements: string[]; alone?: boolean };

/**
 * In this order, because each step leaves the website with nothing that it calls and is not there any more: first what its
 * writes run, then what reads beside them, last what only the desk knows.
 */
function listSteps(client: pg.Client, plan: LeavingPlan): Step[] {
  const name = (text: string) => client.escapeIdentifier(text);
  const { goes } = plan;
  const tablesWithTriggers = [...new Set(goes.triggers.map(({ table }) => table))];
  const tablesWithColumns = [...new Set(goes.columns.map(({ table }) => table))];
  return [
    {
      title: "Written down that Contact Desk is leaving",
      // Without its migrations in the ledger a server that starts, or is asked whether it is ready, says 503.
      statements: [
        "insert into found_at_adoption (kind, name) select 'leaving', '' where not exists (select from found_at_adoption where kind = 'leaving')",
        "delete from schema_migration where name <> '0005_found_at_adoption.sql'",
      ],
    },
    // One table at a time: two locks at once could be had crosswise.
    ...tablesWithTriggers.map((table) => ({
      title: `Triggers taken off ${table}`,
      statements: goes.triggers
        .filter((trigger) => trigger.table === table)
        .map((trigger) => `drop trigger ${name(trigger.name)} on ${name(table)}`),
    })),
    ...(plan.restored.length + plan.dropped.length > 0
      ? [
          {
            title: "The website's functions put back",
            statements: [
              ...plan.restored.map(({ definition }) => definition),
              ...plan.dropped.map((signature) => `drop function ${signature}`),
            ],
          },
        ]
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
        ...goes.functions.map((signature) => `drop function ${signature}`),
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

async function take(client: pg.Client, step: Step, report: (line: string) => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(client, step);
    } catch (error) {
      if (!isContended(error as { code?: string; message: string })) {
        throw new MigrationError(
          `It failed before "${step.title}": ${(error as Error).message}. What was done before stays done; run this again when that is mended.`,
          { cause: error },
        );
      }
      if (tries === lockTries) {
        throw new MigrationError(
          `It stopped before "${step.title}": other sessions keep a lock on that table. What was done before stays done; run this again once they have ended.`,
          { cause: error },
        );
      }
      if (tries % 10 === 1) report(`Waiting for a lock that other sessions hold, before: ${step.title}`);
      await pause(Math.min(tries * 200, 5_000));
    }
  }
}

async function attempt(client: pg.Client, { statements, alone }: Step): Promise<void> {
  if (alone) {
    for (const statement of statements) await client.query(statement);
    return;
  }
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = ${lockTimeout}`);
    for (const statement of statements) await client.query(statement);
    await client.query("commit");
  } catch (error) {
    // Where the connection itself is gone, the server has rolled back already.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

/** 55P03: the lock was not had in time; 40P01: it was had crosswise; or another session wrote the same catalogue row. */
function isContended({ code, message }: { code?: string; message: string }): boolean {
  return code === "55P03" || code === "40P01" || (code === "XX000" && message.includes("concurrently updated"));
}
