import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Whose work is being done: a person's id once their session was read, null before and for the signed-out. `busy`: something
 * was not to be had for it in time.
 */
type Requester = { person: string | null; busy?: boolean };

/** Next's bundles and the server each have their own copy of this module; the process has one store. */
const shared = globalThis as unknown as { contactDeskRequesters?: AsyncLocalStorage<Requester | undefined> };
shared.contactDeskRequesters ??= new AsyncLocalStorage();
const requesters = shared.contactDeskRequesters;

/** Says whose the request under way is. */
export function setRequester(person: string): void {
  const requester = requesters.getStore();
  if (requester) requester.person = person;
}

/** The person the work under way is done for; null where it is nobody's: the server's own, or before a session was read. */
export function getRequester(): string | null {
  return requesters.getStore()?.person ?? null;
}

/** Says that the database had no room for the request under way: what fails of it now is not broken, but to be tried again. */
export function noteBusy(): void {
  const requester = requesters.getStore();
  if (requester) requester.busy = true;
}

/** Gives the way to ask, from anywhere, whether `noteBusy` was called for the request under way. */
export function watchBusy(): () => boolean {
  const requester = requesters.getStore();
  return () => requester?.busy ?? false;
}

/**
 * Does work for a person, or with null for nobody: a request before its session is read, and what goes on after a request, which
 * is not charged to whoever began it.
 */
export function workFor<R>(person: string | null, work: () => R): R {
  return requesters.run({ person }, work);
}
