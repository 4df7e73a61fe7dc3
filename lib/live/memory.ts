import type { LiveChange } from "./news";
import { type Look, mostRows, overlap } from "./queries";

/** Something that happened, in the order in which it was found. */
export type Item = ({ change: LiveChange } | { arrived: string } | { many: (string | null)[] }) & {
  number: number;
  /** It was not there at this time yet, in ms of the database's clock: whoever has read before must be told. */
  absentAt: number;
};

/** When somebody read what they see, in ms: by the clock of the server that rendered it, or as an event's id said. */
export type Since = { at: number; clock: "server" | "database" };

/** Ms for which what happened is kept for those that come back. */
const kept = 120_000;
const mostItems = 5_000;

/** What a server has found by looking, for a while: what is new in a look, and what a browser that comes back has missed. */
export type Memory = {
  /** Where the next look goes on, in ms of the database's clock; null before the first. */
  after(): number | null;
  /** When the last look was, in ms of the database's clock; null before the first. */
  at(): number | null;
  /** Takes in a look that was asked for and answered at these times of this server's clock. */
  take(look: Look, asked: number, answered: number): void;
  /** What has been found from `number` on that was not there at `since` yet, and the number that comes next. */
  listSince(number: number, since: Since): { items: Item[]; next: number };
  /** Whether all that has happened since then is still here. */
  reaches(since: Since): boolean;
};

export function createMemory(): Memory {
  /** By key, when it happened: what the overlap shows again and is known. */
  const seen = new Map<string, number>();
  let items: Item[] = [];
  let next = 0;
  let after: number | null = null;
  let last: number | null = null;
  /** How much this server's clock is ahead of the database's. */
  let ahead = 0;
  /** From when on everything is kept. */
  let complete = 0;

  /** What a look found, oldest first. */
  function listFound({ changes, arrived }: Look) {
    return [
      ...changes.map(({ at, ...change }) => ({ key: changeKey(change), at, item: { change } })),
      ...arrived.map(({ id, at }) => ({ key: arrivalKey({ id }), at, item: { arrived: id } })),
    ].sort((one, other) => one.at - other.at);
  }

  /** Where a look is full and nothing of it is known, there was more than it shows. */
  function hasMore({ changes, arrived }: Look): boolean {
    const unknown = (keys: string[]) => keys.length >= mostRows && !keys.some((key) => seen.has(key));
    return unknown(changes.map(changeKey)) || unknown(arrived.map(arrivalKey));
  }

  const readAt = ({ at, clock }: Since) => (clock === "server" ? at - ahead : at);

  return {
    after: () => after,
    at: () => last,
    take(look, asked, answered) {
      // Between the two the database said its time. Clocks that may agree are taken to agree: an answer takes a while.
      if (last === null) ahead = Math.min(Math.max(0, asked - look.at), answered - look.at);
      const tooMany = last !== null && hasMore(look);
      const fresh = listFound(look).filter(({ key }) => !seen.has(key));
      for (const { key, at } of fresh) seen.set(key, at);
      if (last === null) complete = Math.max(look.at - overlap * 1_000, reachOf(look.changes), reachOf(look.arrived));
      // What was not visible to the last look was not there then, whatever it says of itself.
      const absentAt = (at: number) => Math.max(at, last ?? 0);
      if (tooMany) {
        const who = new Set(fresh.map(({ item }) => ("change" in item ? item.change.actorId : null)));
        items.push({ many: [...who], number: next++, absentAt: absentAt(fresh.at(-1)?.at ?? 0) });
      } else {
        for (const { at, item } of fresh) items.push({ ...item, number: next++, absentAt: absentAt(at) });
      }
      last = look.at;
      // After too many the overlap is not read again.
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

/** From when on a look shows all of a kind, where its limit cut it. */
function reachOf(rows: { at: number }[]): number {
  return rows.length >= mostRows ? (rows.at(-1)?.at ?? 0) : 0;
}
