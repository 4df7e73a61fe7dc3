/** Too many passwords are being checked at this moment. */
export class HashingBusyError extends Error {
  override name = "HashingBusyError";
}

/** Whose place in the queue it is: within a lane, keys take turns. */
export type Place<Lane extends string> = { lane: Lane; key: string };

type Waiting = { proceed: () => void; refuse: (error: HashingBusyError) => void };

/** One lane's queue: those who wait, by key, the key whose turn is next first. */
type Queue = { size: number; limit: number; byKey: Map<string, Waiting[]> };

/**
 * A fair queue: `atOnce` callers work at the same time, and the lanes, and within a lane the keys, take turns. At most
 * `ofOneKey` callers of a key wait, and as many of a lane as `lanes` says. Beyond that a caller is refused at once with a
 * HashingBusyError. A lane that is full makes room for a key with fewer waiting: the latest of the key with the most is
 * refused. So a flood from one key costs the others one turn each.
 */
export function createTurns<Lane extends string>(limits: {
  atOnce: number;
  ofOneKey: number;
  lanes: Record<Lane, number>;
}): <T>(place: Place<Lane>, work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const lanes = Object.entries<number>(limits.lanes).map(([lane, limit]) => ({
    lane,
    limit,
    size: 0,
    byKey: new Map(),
  }));
  const queues = new Map<string, Queue>(lanes.map(({ lane, ...queue }) => [lane, queue]));

  return async ({ lane, key }, work) => {
    const queue = queues.get(lane);
    if (!queue) throw new Error(`There is no lane ${lane}.`);
    if (running >= limits.atOnce) {
      // Whoever finishes hands the turn on: `running` stays as it is.
      await wait(queue, key, limits.ofOneKey);
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = takeNext(queues);
      if (next) next.proceed();
      else running--;
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

/** Refuses the latest of the key with the most waiting, where that is more than a newcomer with `waiting` would have. */
function makeRoom(queue: Queue, waiting: number): boolean {
  let most: Waiting[] = [];
  for (const own of queue.byKey.values()) if (own.length > most.length) most = own;
  if (most.length <= waiting + 1) return false;
  most.pop()?.refuse(new HashingBusyError("Somebody who asks less has the place."));
  queue.size--;
  return true;
}

/** The next caller: of the first lane that has one, which then goes to the back, as the key does within its lane. */
function takeNext(queues: Map<string, Queue>): Waiting | undefined {
  for (const [lane, queue] of queues) {
    const [first] = queue.byKey;
    if (!first) continue;
    const [key, own] = first;
    const next = own.shift();
    queue.size--;
    queue.byKey.delete(key);
    if (own.length > 0) queue.byKey.set(key, own);
    queues.delete(lane);
    queues.set(lane, queue);
    return next;
  }
  return undefined;
}
