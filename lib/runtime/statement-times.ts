import { createHash } from "node:crypto";
import { ofProcess } from "./of-process";
import { hasPlan, normaliseStatement } from "./statement-text";

/** What one statement took on one screen since this process started. Times in ms, as the desk waited for them. */
export type StatementTime = {
  screen: string;
  /** From the text without its constants, so it is the same in every process. */
  id: string;
  text: string;
  calls: number;
  total: number;
  longest: number;
  rows: number;
};

/**
 * How many statements by screen are kept, and of how many texts the id. Texts of more `characters` are not counted;
 * none of ours is so long.
 */
const most = { times: 600, texts: 400, characters: 20_000 };

type Kept = {
  times: Map<string, StatementTime>;
  ids: Map<string, string>;
  /** Statements that other processes of the server have run. */
  heard: Map<string, string>;
  tell: (id: string, text: string) => void;
};

function kept(): Kept {
  const nothing = () => ({ times: new Map(), ids: new Map(), heard: new Map(), tell: () => undefined });
  return ofProcess<Kept>("statement times", nothing);
}

/** The id of a statement. Texts that differ only by constants and the length of lists share it. */
export function nameStatement(text: string): string {
  return createHash("sha256").update(normaliseStatement(text)).digest("hex").slice(0, 16);
}

/** Counts a statement for its screen, without its values. */
export function countStatement(screen: string, text: string, milliseconds: number, rows: number): void {
  if (text.length > most.characters || !hasPlan(text)) return;
  const { times, tell } = kept();
  const id = rememberId(text);
  const key = `${screen} ${id}`;
  const known = times.get(key);
  if (!known && times.size >= most.times) dropLeast(times);
  const time = known ?? { screen, id, text, calls: 0, total: 0, longest: 0, rows: 0 };
  if (!known) {
    if (findStatementText(id) === null) tell(id, text);
    times.set(key, time);
  }
  time.calls += 1;
  time.total += milliseconds;
  time.longest = Math.max(time.longest, milliseconds);
  time.rows += rows;
}

function rememberId(text: string): string {
  const { ids } = kept();
  const known = ids.get(text);
  if (known) return known;
  const [oldest] = ids.keys();
  if (oldest !== undefined && ids.size >= most.texts) ids.delete(oldest);
  const id = nameStatement(text);
  ids.set(text, id);
  return id;
}

/** Drops the statement with the least total time, because it is missed least. */
function dropLeast(times: Kept["times"]): void {
  let least: string | undefined;
  let total = Number.POSITIVE_INFINITY;
  for (const [key, time] of times) if (time.total < total) [least, total] = [key, time.total];
  if (least !== undefined) times.delete(least);
}

/** All times of this process' statements, the largest total first. */
export function listStatementTimes(): StatementTime[] {
  return [...kept().times.values()].sort((a, b) => b.total - a.total);
}

/** The times of several processes added up, the largest total first. */
export function mergeStatementTimes<T extends Omit<StatementTime, "text">>(lists: T[][]): T[] {
  const sums = new Map<string, T>();
  for (const time of lists.flat()) {
    const key = `${time.screen} ${time.id}`;
    const known = sums.get(key);
    if (!known) {
      sums.set(key, { ...time });
      continue;
    }
    known.calls += time.calls;
    known.total += time.total;
    known.longest = Math.max(known.longest, time.longest);
    known.rows += time.rows;
  }
  return [...sums.values()].sort((a, b) => b.total - a.total);
}

/** Sets the function that is told of each statement new to this process and, as far as it knows, to its server. */
export function tellNewStatements(tell: (id: string, text: string) => void): void {
  kept().tell = tell;
}

/** Remembers the text of a statement that another process of the server has run. */
export function hearStatement(id: string, text: string): void {
  const { heard } = kept();
  const [oldest] = heard.keys();
  if (oldest !== undefined && heard.size >= most.times) heard.delete(oldest);
  heard.set(id, text);
}

/** The text of a statement that a process of this server has run; null of any other. */
export function findStatementText(id: string): string | null {
  for (const time of kept().times.values()) if (time.id === id) return time.text;
  return kept().heard.get(id) ?? null;
}
