import "server-only";
import { hideConstants } from "@/lib/runtime/statement-text";
import type { StatementTime } from "@/lib/runtime/statement-times";
import type { StatementStatistic } from "./statement-statistics";

/** One statement of a screen, with this server's timings and, if available, the database's counts. */
export type ScreenStatement = {
  id: string;
  /** Without its constants. */
  text: string;
  calls: number;
  /** Ms that the desk waited. */
  total: number;
  longest: number;
  rows: number;
  /** Over all screens and servers. Null if the database has no statistics, or no longer has this statement. */
  inDatabase: { calls: number; total: number; mean: number } | null;
};

/** A screen with its database time since this server started. */
export type SlowScreen = {
  screen: string;
  calls: number;
  total: number;
  longest: number;
  /** How many statements it has. `statements` lists those that took longest in total. */
  kinds: number;
  statements: ScreenStatement[];
};

/** Most statements shown per screen, and most characters of one. */
const most = { statements: 8, characters: 6_000 };

/** The screens, most total time first. Statements are joined with the database's statistics by their ids. */
export function listSlowScreens(all: StatementTime[], statistics: StatementStatistic[]): SlowScreen[] {
  const counted = sumById(statistics);
  const screens = new Map<string, StatementTime[]>();
  for (const time of all) screens.set(time.screen, [...(screens.get(time.screen) ?? []), time]);
  return [...screens]
    .map(([screen, times]) => ({
      screen,
      calls: sum(times, "calls"),
      total: sum(times, "total"),
      longest: Math.max(...times.map(({ longest }) => longest)),
      kinds: times.length,
      statements: times.slice(0, most.statements).map((time) => describe(time, counted)),
    }))
    .sort((a, b) => b.total - a.total);
}

/**
 * Statements that the database counted but this server did not run. Another server did, or this one before a restart.
 */
export function listOtherStatements(all: StatementTime[], statistics: StatementStatistic[]): ScreenStatement[] {
  const known = new Set(all.map(({ id }) => id));
  return [...sumById(statistics)]
    .filter(([id]) => !known.has(id))
    .map(([id, { text, ...inDatabase }]) => ({
      id,
      text: shorten(text),
      calls: 0,
      total: 0,
      longest: 0,
      rows: 0,
      inDatabase,
    }))
    .sort((a, b) => b.inDatabase.total - a.inDatabase.total)
    .slice(0, most.statements);
}

/** Shown for the rare statement that another process ran and whose text was dropped here. */
const unknownText = "-- The text of this statement is not remembered any more.";

type Counted = { text: string; calls: number; total: number; mean: number };

/**
 * Sums by our id. Before PostgreSQL 18 lists of different lengths count as different statements; for us they are one.
 */
function sumById(statistics: StatementStatistic[]): Map<string, Counted> {
  const sums = new Map<string, Counted>();
  for (const { id, text, calls, total } of statistics) {
    const before = sums.get(id) ?? { text, calls: 0, total: 0 };
    const both = { text: before.text, calls: before.calls + calls, total: before.total + total };
    sums.set(id, { ...both, mean: both.total / Math.max(1, both.calls) });
  }
  return sums;
}

function describe({ screen: _screen, text, ...time }: StatementTime, counted: Map<string, Counted>): ScreenStatement {
  const found = counted.get(time.id);
  const inDatabase = found ? { calls: found.calls, total: found.total, mean: found.mean } : null;
  return { ...time, text: shorten(text || found?.text || unknownText), inDatabase };
}

function shorten(text: string): string {
  const hidden = hideConstants(text);
  return hidden.length > most.characters ? `${hidden.slice(0, most.characters)}…` : hidden;
}

function sum(times: StatementTime[], of: "calls" | "total"): number {
  return times.reduce((total, time) => total + time[of], 0);
}
