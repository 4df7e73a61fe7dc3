import { ofProcess } from "./of-process";

const running = ofProcess("single flights", () => new Map<string, Promise<unknown>>());

/** Does some work that only one caller of this process does at a time: whoever asks while it runs gets the same promise. */
export function singleFlight<T>(name: string, work: () => Promise<T>): Promise<T> {
  const known = running.get(name) as Promise<T> | undefined;
  if (known) return known;
  const started = work().finally(() => running.delete(name));
  running.set(name, started);
  return started;
}
