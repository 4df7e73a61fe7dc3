import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { parseFilter } from "@/lib/filter/url";
import type { Since } from "@/lib/live/memory";
import type { LiveChange, LiveEvent, News } from "@/lib/live/news";
import type { Watcher } from "@/lib/live/watcher";
import { viewerIn } from "../viewer";

/** Waits for what a watcher finds out: two looks, on a machine that has other things to do. */
export const soon = <T>(seen: () => T) => expect.poll(seen, { timeout: 15_000 });

export type Ear = {
  heard: LiveEvent[];
  /** Whether the stream has been ended by the server. */
  closed(): boolean;
  names(): string[];
  arrived(): string[];
  matching(): string[];
  changes(): LiveChange[];
  viewers(): string[] | undefined;
  /** From where on it would go on, were it cut now. */
  at(): number | null;
  leave(): void;
};

type Given = { list?: string; contact?: string; staffId?: string; sessionId?: string; since?: Since };

/** Somebody who listens, and all they hear. `list` is a filter as in the address. */
export function listen(watcher: Watcher, given: Given): Ear {
  const heard: LiveEvent[] = [];
  let at: number | null = null;
  let closed = false;
  const staffId = given.staffId ?? randomUUID();
  const leave = watcher.join({
    tab: randomUUID(),
    staffId,
    sessionId: given.sessionId ?? randomUUID(),
    list:
      given.list === undefined
        ? null
        : { filter: parseFilter(new URLSearchParams(given.list)).filter, viewer: { ...viewerIn("UTC"), staffId } },
    contact: given.contact ?? null,
    since: given.since ?? { at: Date.now(), clock: "server" },
    send(event, time) {
      heard.push(event);
      at = time;
    },
    close() {
      closed = true;
    },
  });
  if (!leave) throw new Error("There is no room for a listener.");
  const news = (): News[] => heard.flatMap((event) => (event.name === "news" ? event.data : []));
  return {
    heard,
    closed: () => closed,
    names: () => heard.map(({ name }) => name),
    arrived: () => news().flatMap(({ arrived }) => arrived),
    matching: () => news().flatMap(({ matching }) => matching),
    changes: () => news().flatMap(({ changes }) => changes),
    viewers: () => heard.findLast((event) => event.name === "viewers")?.data as string[] | undefined,
    at: () => at,
    leave,
  };
}
