import { getMeasures, readNow } from "./measures";

/** The pool over ten seconds: the most that were in use and that waited at once, and who got no connection. `at` in ms since 1970. */
export type PoolPoint = { at: number; active: number; waiting: number; refused: number; limit: number };

/** Milliseconds between two looks and between two points, and how many points are kept: an hour. */
const lookEvery = 1_000;
const pointEvery = 10_000;
const kept = 360;

type History = { points: PoolPoint[]; active: number; waiting: number; refusedBefore: number };

const shared = globalThis as unknown as { contactDeskPoolHistory?: History };

/** Begins to remember how full the pool is, once. */
export function watchPool(): void {
  if (shared.contactDeskPoolHistory) return;
  const history: History = { points: [], active: 0, waiting: 0, refusedBefore: 0 };
  shared.contactDeskPoolHistory = history;
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
    at: Date.now(),
    active: Math.max(history.active, active),
    waiting: Math.max(history.waiting, waiting),
    refused: refused - history.refusedBefore,
    limit,
  });
  if (history.points.length > kept) history.points.shift();
  Object.assign(history, { active: 0, waiting: 0, refusedBefore: refused });
}

/** The pool at this moment: connections in use and open, callers that wait, and how many connections it may open. */
export function readPool(): { active: number; open: number; waiting: number; limit: number } {
  return {
    active: readNow("active"),
    open: readNow("open"),
    waiting: readNow("waiting") + readNow("queued"),
    limit: readNow("limit"),
  };
}

/** The last hour of this process' pool, the oldest first. */
export function listPoolPoints(): PoolPoint[] {
  return shared.contactDeskPoolHistory?.points ?? [];
}
