import { HashingBusyError } from "../password/hashing-busy";

/** Who calls, by lane and key: lanes take turns, and so do the keys within a lane. */
export type Caller<Lane extends string> = { lane: Lane; key: string };

/**
 * `atOnce` callers run at the same time, and at most `ofOneKey` callers of a key wait. Each lane limits how many wait
 * in it. Lanes with `leavesFree` may not use that many of what runs at once, even if the other lanes are empty.
 */
export type TurnLimits<Lane extends string> = {
  atOnce: number;
  ofOneKey: number;
  lanes: Record<Lane, { waiting: number; leavesFree?: number }>;
};

type Waiting = { proceed: () => void; refuse: (error: HashingBusyError) => void };

/** One lane's waiting callers by key; the key whose turn is next comes first. */
type Queue = { size: number; limit: number; leavesFree: number; byKey: Map<string, Waiting[]> };

/**
 * A fair queue: lanes take turns, and so do the keys within a lane. Beyond the limits a caller is refused at once with
 * a HashingBusyError. A full lane makes room for a key with fewer waiting callers: it refuses the latest caller of the
 * busiest key. So a flood from one key costs the others one turn each.
 *
 * This is not a case of lib/runtime/fair-queue.ts. There the key with fewest turns comes first, a newcomer is refused
 * and never somebody who waits, and no key is kept out of a reserve. See docs/decisions/08-fair-shares.md.
 */
export function createTurns<Lane extends string>(
  limits: TurnLimits<Lane>,
): <T>(caller: Caller<Lane>, work: () => Promise<T>) => Promise<T> {
  const lanes = Object.entries<{ waiting: number; leavesFree?: number }>(limits.lanes);
  // The lane whose turn is next comes first.
  const queues = new Map<string, Queue>(
    lanes.map(([lane, { waiting, leavesFree = 0 }]) => [
      lane,
      { size: 0, limit: waiting, leavesFree, byKey: new Map() },
    ]),
  );
  let running = 0;
  let runningOfModest = 0;

  const hasRoom = ({ leavesFree }: Queue) =>
    running < limits.atOnce && (leavesFree === 0 || runningOfModest < limits.atOnce - leavesFree);
  const count = ({ leavesFree }: Queue, change: 1 | -1) => {
    running += change;
    if (leavesFree > 0) runningOfModest += change;
  };
  /** Starts the next caller that may run. */
  const advance = () => {
    for (const [lane, queue] of queues) {
      if (queue.size === 0 || !hasRoom(queue)) continue;
      queues.delete(lane);
      queues.set(lane, queue);
      count(queue, 1);
      takeNext(queue)?.proceed();
      return;
    }
  };

  return async ({ lane, key }, work) => {
    const queue = queues.get(lane);
    if (!queue) throw new Error(`There is no lane ${lane}.`);
    if (queue.size === 0 && hasRoom(queue)) count(queue, 1);
    // A caller that waits is counted when it is let in.
    else await wait(queue, key, limits.ofOneKey);
    try {
      return await work();
    } finally {
      count(queue, -1);
      advance();
    }
  };
}

function wait(queue: Queue, key: string, ofOneKey: number): Promise<void> {
  const waiting = queue.byKey.get(key)?.length ?? 0;
  const room = waiting < ofOneKey && (queue.size < queue.limit || makeRoom(queue, waiting));
  if (!room) throw new HashingBusyError("Too many passwords are being checked.");
  return new Promise<void>((proceed, refuse) => {
    const own = queue.byKey.get(key) ?? [];
    queue.byKey.set(key, own);
    own.push({ proceed, refuse });
    queue.size++;
  });
}

/**
 * Refuses the latest caller of the busiest key, if that key has more waiting than a newcomer with `waiting` would have.
 */
function makeRoom(queue: Queue, waiting: number): boolean {
  let most: Waiting[] = [];
  for (const own of queue.byKey.values()) if (own.length > most.length) most = own;
  if (most.length <= waiting + 1) return false;
  most.pop()?.refuse(new HashingBusyError("Somebody who asks less has the turn."));
  queue.size--;
  return true;
}

/** The next caller of a lane; its key then goes to the back. */
function takeNext(queue: Queue): Waiting | undefined {
  const [first] = queue.byKey;
  if (!first) return undefined;
  const [key, own] = first;
  const next = own.shift();
  queue.size--;
  queue.byKey.delete(key);
  if (own.length > 0) queue.byKey.set(key, own);
  return next;
}
