import { AsyncLocalStorage } from "node:async_hooks";

/** Whose work is being done: a person's id once their session was read, null before and for the signed-out. */
type Requester = { person: string | null };

type Shared = {
  contactDeskRequesters?: AsyncLocalStorage<Requester | undefined>;
  contactDeskPersons?: Map<string, string>;
};

/** Next's bundles and the server each have their own copy of this module; the process has one store. */
const shared = globalThis as unknown as Shared;
shared.contactDeskRequesters ??= new AsyncLocalStorage();
shared.contactDeskPersons ??= new Map();
const requesters = shared.contactDeskRequesters;
const persons = shared.contactDeskPersons;

/** Sessions whose person is remembered; the one not seen for longest goes first. */
const mostPersons = 10_000;

/** Says that the request under way comes from a session of this person, and remembers it for the session's next ones. */
export function setRequester(sessionId: string, person: string): void {
  const requester = requesters.getStore();
  if (requester) requester.person = person;
  persons.delete(sessionId);
  persons.set(sessionId, person);
  const [oldest] = persons.keys();
  if (persons.size > mostPersons && oldest !== undefined) persons.delete(oldest);
}

/** The person a session was last seen to belong to; null where this process has not seen it. Says nothing of its being valid. */
export function findPerson(sessionId: string): string | null {
  return persons.get(sessionId) ?? null;
}

/** The person the work under way is done for; null where it is nobody's: the server's own, or before a session was read. */
export function getRequester(): string | null {
  return requesters.getStore()?.person ?? null;
}

/**
 * Does work for a person, or with null for nobody: a request before its session is read, and what goes on after a request, which
 * is not charged to whoever began it.
 */
export function workFor<R>(person: string | null, work: () => R): R {
  return requesters.run({ person }, work);
}
