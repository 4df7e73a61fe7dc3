import { type Purpose, poolWait } from "./pool";
import { readDatabaseSettings } from "./settings";

/** What part of the pool those may hold at once who hold a connection for long: the rest is always there for pages. */
const parts: Partial<Record<Purpose, number>> = { export: 0.3, analytics: 0.2, count: 0.2 };

type Places = { taken: number; waiting: (() => void)[] };
const places = new Map<Purpose, Places>();

/**
 * Waits, as long as the pool would, for one of the places of a purpose, and gives the function that hands it on. A purpose without a
 * bound of its own has none to wait for. @throws Error with the code of a server that has too many connections: "busy"
 */
export async function takePlace(purpose: Purpose): Promise<() => void> {
  const part = parts[purpose];
  if (!part) return () => undefined;
  const atMost = Math.max(1, Math.floor(readDatabaseSettings().poolMax * part));
  const held = places.get(purpose) ?? { taken: 0, waiting: [] };
  places.set(purpose, held);
  if (held.taken < atMost) held.taken++;
  else await waitForTurn(held.waiting);
  let left = false;
  return () => {
    if (left) return;
    left = true;
    // Whoever leaves hands the place on: `taken` stays as it is.
    const next = held.waiting.shift();
    if (next) next();
    else held.taken--;
  };
}

function waitForTurn(waiting: (() => void)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const proceed = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(proceed), 1);
      reject(Object.assign(new Error("Every connection for this purpose is in use."), { code: "53300" }));
    }, poolWait);
    waiting.push(proceed);
  });
}
