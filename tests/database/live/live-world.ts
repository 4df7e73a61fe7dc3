import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { parseFilter } from "@/lib/filter/url";
import type { Since } from "@/lib/live/memory";
import type { LiveChange, LiveEvent, News } from "@/lib/live/news";
import type { Watcher } from "@/lib/live/watcher";
import { viewerIn } from "../../viewer";

/** Waits for what a watcher finds. That takes two of its checks, longer on a busy machine. */
export const soon = <T>(seen: () => T) => expect.poll(seen);

export type Ear = {
  heard: LiveEvent[];
  /** Whether the server has ended the stream. */
  closed(): boolean;
  names(): string[];
  arrived(): string[];
  matching(): string[];
  changes(): LiveChange[];
  present(): string[] | undefined;
  /** Where it would resume if it were cut now. */
  at(): number | null;
  leave(): void;
};

type Given = { list?: string; contact?: string; staffId?: string; sessionId?: string; since?: Since };

/** Somebody who listens, and everything they receive. `list` is a filter as in the URL. */
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
    present: () => heard.findLast((event) => event.name === "presence")?.data as string[] | undefined,
    at: () => at,
    leave,
  };
}
