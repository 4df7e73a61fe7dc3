/** Too many passwords are being checked at this moment. */
export class HashingBusyError extends Error {
  override name = "HashingBusyError";
}

/**
 * Lets `atOnce` callers work at the same time and `waitingAtMost` more wait for their turn, in order.
 * Beyond that a flood is refused at once, with a HashingBusyError, and costs nothing.
 */
export function createTurns(atOnce: number, waitingAtMost: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw new HashingBusyError("Too many passwords are being checked.");
      // Whoever finishes hands the turn on: `running` stays as it is.
      await new Promise<void>((proceed) => waiting.push(proceed));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
