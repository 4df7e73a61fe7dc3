import type { LiveChange } from "./news";
import { type Look, mostRows, overlap } from "./queries";

/** An event, in the order in which events were found. */
export type Item = ({ change: LiveChange } | { arrived: string } | { many: (string | null)[] }) & {
  number: number;
  /** The event was not visible yet at this time (ms of the database's clock). Whoever read before must be told. */
  absentAt: number;
};

/** When somebody read what they see, in ms: by the rendering server's clock, or the database's from an event's id. */
export type Since = { at: number; clock: "server" | "database" };

/** Ms for which events are kept for browsers that reconnect. */
const kept = 120_000;
const mostItems = 5_000;

/** The recent events of a server. It knows what is new in a look, and what a reconnecting browser missed. */
export type Memory = {
  /** Where the next look continues, in ms of the database's clock. Null before the first. */
  after(): number | null;
  /** When the last look was, in ms of the database's clock. Null before the first. */
  at(): number | null;
  /** Adds the result of a look. `asked` and `answered` are its times by this server's clock. */
  take(look: Look, asked: number, answered: number): void;
  /** Events from `number` on that were not yet visible at `since`, and the next number. */
  listSince(number: number, since: Since): { items: Item[]; next: number };
  /** Whether all events since then are still kept. */
  reaches(since: Since): boolean;
};

export function createMemory(): Memory {
  /** Times of known events by key, to recognise what the overlap returns again. */
  const seen = new Map<string, number>();
  let items: Item[] = [];
  let next = 0;
  let after: number | null = null;
  let last: number | null = null;
  /** How much this server's clock is ahead of the database's. */
  let ahead = 0;
  /** All events since this time are kept. */
  let complete = 0;

  /** What a look found, oldest first. */
  function listFound({ changes, arrived }: Look) {
    return [
      ...changes.map(({ at, ...change }) => ({ key: changeKey(change), at, item: { change } })),
      ...arrived.map(({ id, at }) => ({ key: arrivalKey({ id }), at, item: { arrived: id } })),
    ].sort((one, other) => one.at - other.at);
  }

  /** If a look reached its limit and everything in it is new, there was more than it shows. */
  function hasMore({ changes, arrived }: Look): boolean {
    const unknown = (keys: string[]) => keys.length >= mostRows && !keys.some((key) => seen.has(key));
    return unknown(changes.map(changeKey)) || unknown(arrived.map(arrivalKey));
  }

  const readAt = ({ at, clock }: Since) => (clock === "server" ? at - ahead : at);

  return {
    after: () => after,
    at: () => last,
    take(look, asked, answered) {
      // The database read its clock between `asked` and `answered`, which bounds the difference of the clocks. The
      // value closest to 0 is used: clocks that may agree are assumed to agree.
      if (last === null) ahead = Math.min(Math.max(0, asked - look.at), answered - look.at);
      const tooMany = last !== null && hasMore(look);
      const fresh = listFound(look).filter(({ key }) => !seen.has(key));
      for (const { key, at } of fresh) seen.set(key, at);
      if (last === null) complete = Math.max(look.at - overlap * 1_000, reachOf(look.changes), reachOf(look.arrived));
      // What the last look did not see was not visible then, whatever its own time says.
      const absentAt = (at: number) => Math.max(at, last ?? 0);
      if (tooMany) {
        const who = new Set(fresh.map(({ item }) => ("change" in item ? item.change.actorId : null)));
        items.push({ many: [...who], number: next++, absentAt: absentAt(fresh.at(-1)?.at ?? 0) });
      } else {
        for (const { at, item } of fresh) items.push({ ...item, number: next++, absentAt: absentAt(at) });
      }
      last = look.at;
      // After a look with too many events the overlap is skipped.
      after = tooMany ? look.at + overlap * 1_000 : Math.max(after ?? 0, look.at);
      for (const [key, at] of seen) if (at < look.at - 2 * overlap * 1_000) seen.delete(key);
      const stale = items.filter(({ absentAt: time }) => time < look.at - kept);
      const dropped = Math.max(stale.length, items.length - mostItems);
      if (dropped > 0) {
        complete = Math.max(complete, ...items.slice(0, dropped).map((item) => item.absentAt));
        items = items.slice(dropped);
      }
    },
    listSince: (number, since) => ({
      items: items.filter((item) => item.number >= number && item.absentAt >= readAt(since)),
      next,
    }),
    reaches: (since) => readAt(since) >= complete,
  };
}

const changeKey = ({ id }: { id: number }) => `change ${id}`;
const arrivalKey = ({ id }: { id: string }) => `contact ${id}`;

/** The time since which a look shows all rows of a kind, if its limit cut them. */
function reachOf(rows: { at: number }[]): number {
  return rows.length >= mostRows ? (rows.at(-1)?.at ?? 0) : 0;
}
