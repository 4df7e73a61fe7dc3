import "server-only";
import { hideConstants } from "@/lib/runtime/statement-text";
import type { StatementTime } from "@/lib/runtime/statement-times";
import type { StatementStatistic } from "./statement-statistics";

/** One statement of a screen: as this server timed it, and as the database counted it where it does. */
export type ScreenStatement = {
  id: string;
  /** Without its constants. */
  text: string;
  calls: number;
  /** In ms, as the desk waited for it. */
  total: number;
  longest: number;
  rows: number;
  /** Of all screens and servers; null where the database does not count, or knows it no more. */
  inDatabase: { calls: number; total: number; mean: number } | null;
};

/** A screen with what it asked of the database since this server started. */
export type SlowScreen = {
  screen: string;
  calls: number;
  total: number;
  longest: number;
  /** How many statements it has; those that took longest in all are `statements`. */
  kinds: number;
  statements: ScreenStatement[];
};

/** Statements of a screen that are shown, and characters of one. */
const most = { statements: 8, characters: 6_000 };

/** The screens, the one first that asked for the most time. Joined with the database's statistics by the statements' ids. */
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

/** What the database counted and this server has not asked for: another server did, or this one before it was started anew. */
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

/** For the rare statement that another process has run, and that has been forgotten here. */
const unknownText = "-- The text of this statement is not remembered any more.";

type Counted = { text: string; calls: number; total: number; mean: number };

/** Lists of different lengths are different statements to the database before 18, and one to us. */
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
