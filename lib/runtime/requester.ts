import { AsyncLocalStorage } from "node:async_hooks";
import { ofProcess } from "./of-process";

/**
 * Whose work is being done: a person's id once their session was read, null before and for the signed-out. `busy`: something
 * was not to be had for it in time. `changes`: how many changes of contacts that person has made, as far as this request knows.
 */
type Requester = { person: string | null; busy?: boolean; changes?: PersonChanges };

/** A person, and how many changes of contacts they had made; see sql/0640. */
export type PersonChanges = { person: string; changes: number };

const requesters = ofProcess("requesters", () => new AsyncLocalStorage<Requester | undefined>());

/** Says whose the request under way is. */
export function setRequester(person: string): void {
  const requester = requesters.getStore();
  if (requester) requester.person = person;
}

/** The person the work under way is done for; null where it is nobody's: the server's own, or before a session was read. */
export function getRequester(): string | null {
  return requesters.getStore()?.person ?? null;
}

/** Says how many changes a person has made: when their session was read, and whenever they make one. */
export function rememberChanges(person: string, changes: number): void {
  const requester = requesters.getStore();
  if (!requester) return;
  const known = requester.changes?.person === person ? requester.changes.changes : 0;
  requester.changes = { person, changes: Math.max(known, changes) };
}

/** How many changes the person has made that the work under way is done for; null where it is nobody's, or that is not known. */
export function getChanges(): PersonChanges | null {
  const { person, changes } = requesters.getStore() ?? {};
  return person && changes?.person === person ? changes : null;
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
