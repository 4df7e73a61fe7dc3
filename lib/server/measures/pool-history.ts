import { getNow } from "@/lib/runtime/clock";
import { getMeasures, readNow } from "@/lib/runtime/measures";
import { ofProcess } from "@/lib/runtime/of-process";

/**
 * The pool over ten seconds: the most connections in use and callers waiting, and how many got none. `at` in ms since
 * 1970.
 */
export type PoolPoint = { at: number; active: number; waiting: number; refused: number; limit: number };

/** Milliseconds between two looks and between two points; and how many points are kept, which is an hour's. */
const lookEvery = 1_000;
const pointEvery = 10_000;
const kept = 360;

/** The pool at one moment: connections in use and open, callers waiting, and how many connections it may open. */
export type PoolNow = { active: number; open: number; waiting: number; limit: number };

type History = { points: PoolPoint[]; active: number; waiting: number; refusedBefore: number };

const pool = ofProcess("pool history", () => ({ history: null as History | null }));

/** Starts recording how full the pool is, once. */
export function watchPool(): void {
  if (pool.history) return;
  const history: History = { points: [], active: 0, waiting: 0, refusedBefore: 0 };
  pool.history = history;
  setInterval(() => {
    const { active, waiting } = readPool();
    history.active = Math.max(history.active, active);
    history.waiting = Math.max(history.waiting, waiting);
  }, lookEvery).unref();
  setInterval(() => void addPoint(history), pointEvery).unref();
}

async function addPoint(history: History): Promise<void> {
  const refused = (await getMeasures().rejections.get()).values.reduce((sum, { value }) => sum + value, 0);
  const { active, waiting, limit } = readPool();
  history.points.push({
    at: getNow().getTime(),
    active: Math.max(history.active, active),
    waiting: Math.max(history.waiting, waiting),
    refused: refused - history.refusedBefore,
    limit,
  });
  if (history.points.length > kept) history.points.shift();
  Object.assign(history, { active: 0, waiting: 0, refusedBefore: refused });
}

/** The current state of this process' pool. */
export function readPool(): PoolNow {
  return {
    active: readNow("active"),
    open: readNow("open"),
    waiting: readNow("waiting") + readNow("queued"),
    limit: readNow("limit"),
  };
}

/** The last hour of this process' pool, oldest first. */
export function listPoolPoints(): PoolPoint[] {
  return pool.history?.points ?? [];
}

/**
 * Adds the pools of several processes: for each ten seconds, the sum of each process' maximum. So it may show more than
 * was in use at once, but never less.
 */
export function mergePoolPoints(histories: PoolPoint[][]): PoolPoint[] {
  const sums = new Map<number, PoolPoint>();
  const newest = Math.max(...histories.map((history) => turnOf(history.at(-1))));
  for (const history of histories) {
    for (const [turn, point] of byTurn(history, newest)) {
      const { at, active, waiting, refused, limit } = sums.get(turn) ?? nothing;
      sums.set(turn, {
        at: Math.max(at, point.at),
        active: active + point.active,
        waiting: waiting + point.waiting,
        refused: refused + point.refused,
        limit: limit + point.limit,
      });
    }
  }
  return [...sums].sort(([a], [b]) => a - b).map(([, point]) => point);
}

const nothing: PoolPoint = { at: 0, active: 0, waiting: 0, refused: 0, limit: 0 };

/** The number of the ten seconds of the clock in which a point was made. */
function turnOf(point: PoolPoint | undefined): number {
  return Math.floor((point?.at ?? 0) / pointEvery);
}

/**
 * Points by the ten seconds in which they were made. A timer may be late, so two points may fall into the same ten
 * seconds, or none. The newest point may still be on its way. A missing point repeats the one before.
 */
function byTurn(history: PoolPoint[], newest: number): Map<number, PoolPoint> {
  const turns = new Map<number, PoolPoint>();
  let previous: PoolPoint | undefined;
  const holdOn = (turn: number) => {
    if (previous && turnOf(previous) === turn - 1) turns.set(turn, { ...previous, refused: 0 });
  };
  for (const point of history) {
    const turn = turnOf(point);
    const same = turns.get(turn);
    if (!same && turnOf(previous) === turn - 2) holdOn(turn - 1);
    const most = (of: "active" | "waiting" | "limit") => Math.max(same?.[of] ?? 0, point[of]);
    const refused = (same?.refused ?? 0) + point.refused;
    turns.set(turn, { at: point.at, active: most("active"), waiting: most("waiting"), refused, limit: most("limit") });
    previous = turns.get(turn);
  }
  if (turnOf(previous) === newest - 1) holdOn(newest);
  return turns;
}
