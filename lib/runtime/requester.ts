import { AsyncLocalStorage } from "node:async_hooks";
import { ofProcess } from "./of-process";

/**
 * For whom work is being done. `person`: their id once the session was read; null before that and for the signed-out.
 * `retryAfter`: the work could not get something now, and may in so many seconds. `changes`: how many changes of
 * contacts the person has made, as far as this request knows.
 */
type Requester = { person: string | null; retryAfter?: number; changes?: PersonChanges };

/** A person, and how many changes of contacts they have made; see sql/0640. */
export type PersonChanges = { person: string; changes: number };

const requesters = ofProcess("requesters", () => new AsyncLocalStorage<Requester | undefined>());

/** Sets whose the current request is. */
export function setRequester(person: string): void {
  const requester = requesters.getStore();
  if (requester) requester.person = person;
}

/** The person for whom the current work is done. Null for the server's own work, and before a session was read. */
export function getRequester(): string | null {
  return requesters.getStore()?.person ?? null;
}

/** Records how many changes a person has made: when their session is read, and whenever they make one. */
export function rememberChanges(person: string, changes: number): void {
  const requester = requesters.getStore();
  if (!requester) return;
  const known = requester.changes?.person === person ? requester.changes.changes : 0;
  requester.changes = { person, changes: Math.max(known, changes) };
}

/**
 * How many changes the person has made for whom the current work is done. Null where it is done for nobody or the
 * number is unknown.
 */
export function getChanges(): PersonChanges | null {
  const { person, changes } = requesters.getStore() ?? {};
  return person && changes?.person === person ? changes : null;
}

/**
 * Records that the database could not serve the current request now. What fails in it is not broken, but should be
 * retried.
 * @param seconds when
 */
export function noteRetry(seconds: number): void {
  const requester = requesters.getStore();
  if (requester) requester.retryAfter = Math.max(seconds, requester.retryAfter ?? 0);
}

/**
 * Gives a function that tells, from any context, in how many seconds the current request should be retried; null where
 * `noteRetry` was not called for it.
 */
export function watchRetry(): () => number | null {
  const requester = requesters.getStore();
  return () => requester?.retryAfter ?? null;
}

/**
 * Does work for a person, or with null for nobody. Null is for a request before its session is read, and for work that
 * goes on after a request. Such work is not charged to whoever began it.
 */
export function workFor<R>(person: string | null, work: () => R): R {
  return requesters.run({ person }, work);
}
