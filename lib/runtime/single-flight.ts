import { ofProcess } from "./of-process";

const running = ofProcess("single flights", () => new Map<string, Promise<unknown>>());

/** Does work that may run only once at a time in this process. Whoever asks while it runs gets the same promise. */
export function singleFlight<T>(name: string, work: () => Promise<T>): Promise<T> {
  const known = running.get(name) as Promise<T> | undefined;
  if (known) return known;
  const started = work().finally(() => running.delete(name));
  running.set(name, started);
  return started;
}
