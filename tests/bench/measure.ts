import type pg from "pg";
import type { Statement } from "./capture";

/**
 * The middle and the 95th percentile of what was measured, and the worst of it. `blocks`: pages of 8 kB that the server touched, in memory
 * or not, which another's work on the machine does not change.
 */
export type Timing = { p50: number; p95: number; worst: number; blocks?: number };

/** The timing of several measurements, in whatever unit they are. */
export function toTiming(measured: number[]): Timing {
  const sorted = [...measured].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), worst: sorted.at(-1) ?? 0 };
}

/** Milliseconds that some work takes as its caller sees it. */
export async function clock(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Work done `times` over, each time by the clock; the first, which warms up, does not count. */
export async function clockOften(times: number, work: () => Promise<unknown>): Promise<Timing> {
  await work();
  const measured: number[] = [];
  for (let i = 0; i < times; i++) measured.push(await clock(work));
  return toTiming(measured);
}

/** Planning and execution on the server, in milliseconds, all statements together. They are carried out, planned as they were. */
export async function databaseTime(client: pg.Client, statements: Statement[]): Promise<number> {
  return (await databaseCost(client, statements)).time;
}

/** The same, and the pages that were touched. */
async function databaseCost(client: pg.Client, statements: Statement[]): Promise<{ time: number; blocks: number }> {
  const sum = { time: 0, blocks: 0 };
  for (const { text, values, planner = [] } of statements) {
    for (const [name, value] of planner) await client.query(`set ${name} = ${value}`);
    const { rows } = await client.query<Explained>(
      `explain (analyze, buffers, timing off, format json) ${text}`,
      values,
    );
    for (const [name] of planner) await client.query(`reset ${name}`);
    const plan = rows[0]?.["QUERY PLAN"][0];
    sum.time += (plan?.["Planning Time"] ?? 0) + (plan?.["Execution Time"] ?? 0);
    sum.blocks += (plan?.Plan["Shared Hit Blocks"] ?? 0) + (plan?.Plan["Shared Read Blocks"] ?? 0);
  }
  return sum;
}

type Explained = {
  "QUERY PLAN": {
    Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number };
    "Planning Time": number;
    "Execution Time": number;
  }[];
};

/**
 * The same of several ways to ask, each `times` over, by turns: what else the machine does meanwhile then falls on all
 * of them. The first turn, which warms up, does not count.
 */
export async function databaseTimesByTurns(client: pg.Client, ways: Statement[][], times: number): Promise<Timing[]> {
  const measured: number[][] = ways.map(() => []);
  const touched: number[] = [];
  for (let turn = 0; turn <= times; turn++) {
    for (const [index, way] of ways.entries()) {
      const { time, blocks } = await databaseCost(client, way);
      touched[index] = blocks;
      if (turn > 0) measured[index]?.push(time);
    }
  }
  return measured.map((times, index) => ({ ...toTiming(times), blocks: touched[index] }));
}

/** Ours and one ideal, by turns. */
export async function databaseTimesBeside(client: pg.Client, ours: Statement[], ideal: Statement[], times: number) {
  const [first, second] = await databaseTimesByTurns(client, [ours, ideal], times);
  return { ours: first ?? toTiming([]), ideal: second ?? toTiming([]) };
}

/** Milliseconds after which a candidate for the ideal is not it. */
const idealLimit = 1_000;

/** A candidate for the best statement: null when it takes too long to be. */
export async function unlessSlow<R>(client: pg.Client, work: () => Promise<R>): Promise<R | null> {
  await client.query(`set statement_timeout = ${idealLimit}`);
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === "57014") return null;
    throw error;
  } finally {
    // Where the time was up just as the work ended, it is this statement that is cancelled.
    const lift = () => client.query("set statement_timeout = 0");
    await lift().catch(lift);
  }
}
