import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction } from "@/lib/database/query";
import { logFailedRequest } from "@/lib/runtime/log";
import { readMoment } from "@/lib/runtime/measures";
import { ofProcess } from "@/lib/runtime/of-process";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { listLivingSessions } from "@/lib/staff/session/sessions";
import { idsOf, keyOf, type Listener, listsOf, type Seat, toNews } from "./listener";
import { createMemory } from "./memory";
import type { LiveEvent } from "./news";
import { listPresence, lookForNews, matchLists, recordPresence } from "./queries";
import { findSeat } from "./seats";

export type Watcher = {
  /** Adds a listener and returns the function that removes it. Null if there are too many: see lib/live/seats.ts. */
  join(listener: Listener): (() => void) | null;
  /** Ends every stream and refuses new ones, because the server is stopping. */
  stop(): void;
  count(): number;
};

/** Ms between two looks, and after a look that failed. */
const pace = { look: 1_000, failed: 2_000 };
/** Ms between two checks of the sessions, two presence heartbeats, and two heartbeats in a silent stream. */
const every = { sessions: 3_000, presence: 10_000, beat: 15_000 };

/**
 * Looks for news once a second for all browsers of this server. It holds a pool connection only during a look, and does
 * nothing while nobody listens. It needs neither LISTEN nor a trigger, so it works behind a transaction pooler and
 * costs the website nothing. If the database is down it says so, and later continues where it stopped.
 */
export function createWatcher(): Watcher {
  const seats = new Set<Seat>();
  let running = false;
  let stopped = false;
  let memory = createMemory();
  let troubled = false;
  const due = { sessions: 0, presence: 0 };
  let left: string[] = [];

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (seats.size > 0) {
      const began = Date.now();
      await look().then(recover, complain);
      const wait = (troubled ? pace.failed : pace.look) - (Date.now() - began);
      // This timer must not keep the process alive.
      await pause(Math.max(wait, 100), undefined, { ref: false });
    }
    running = false;
    memory = createMemory();
    if (left.length > 0) await share().catch(() => undefined);
  }

  async function look(): Promise<void> {
    const now = Date.now();
    if (left.length > 0 || now >= due.presence) {
      if (left.length > 0 || contacts().length > 0) await share();
      due.presence = now + every.presence;
    }
    const asking = [...seats];
    const checking = now >= due.sessions;
    const told = await inTransaction(
      "interactive",
      async (ask) => {
        memory.take(await lookForNews(ask, memory.after()), now, Date.now());
        const pending = new Map(asking.map((seat) => [seat, memory.listSince(seat.next ?? 0, seat.since)]));
        const matches = await matchLists(ask, idsOf(pending), listsOf(pending));
        const present = contacts().length > 0 ? await listPresence(ask, contacts()) : new Map<string, string[]>();
        const living = checking
          ? await listLivingSessions(ask, [...new Set(asking.map((seat) => seat.sessionId))])
          : null;
        return { pending, matches, present, living };
      },
      "read only",
    );
    if (checking) due.sessions = now + every.sessions;
    for (const [seat, { items, next }] of told.pending) {
      if (!seats.has(seat)) continue;
      if (told.living && !told.living.has(seat.sessionId)) {
        tell(seat, { name: "ended", data: null });
        dismiss(seat);
        continue;
      }
      greet(seat);
      seat.next = next;
      const news = toNews(seat, items, told.matches.get(seat.listKey ?? "") ?? new Set());
      if (news) tell(seat, { name: "news", data: news });
      tellPresent(seat, told.present.get(seat.contact ?? "") ?? []);
      if (now - seat.toldAt >= every.beat) tell(seat, { name: "beat", data: null });
    }
  }

  /** Records once which contacts are open here, and which tabs have left. */
  async function share(): Promise<void> {
    const gone = left;
    const presence = [...seats].flatMap(({ tab, staffId, contact }) =>
      contact === null ? [] : { tab, staffId, contact },
    );
    await inTransaction("interactive", (ask) => recordPresence(ask, presence, gone));
    left = left.filter((tab) => !gone.includes(tab));
  }

  const contacts = () => [...new Set([...seats].flatMap(({ contact }) => contact ?? []))];

  function greet(seat: Seat): void {
    if (seat.next === null) {
      const behind = !memory.reaches(seat.since);
      tell(seat, { name: behind ? "behind" : "ready", data: null });
    } else if (troubled) tell(seat, { name: "ready", data: null });
  }

  function tellPresent(seat: Seat, staff: string[]): void {
    const others = staff.filter((id) => id !== seat.staffId);
    if (seat.present === others.join()) return;
    seat.present = others.join();
    tell(seat, { name: "presence", data: others });
  }

  function tell(seat: Seat, event: LiveEvent): void {
    seat.toldAt = Date.now();
    seat.send(event, memory.at());
  }

  function dismiss(seat: Seat): void {
    if (!seats.delete(seat)) return;
    if (seat.contact !== null) left.push(seat.tab);
    seat.close();
  }

  function recover(): void {
    troubled = false;
  }

  function complain(error: unknown): void {
    if (describeDatabaseError(error).code === "unexpected") {
      logFailedRequest(error, { method: "GET", route: "/api/live", kind: "watcher" });
    }
    for (const seat of seats) {
      if (!troubled || Date.now() - seat.toldAt >= every.beat) tell(seat, { name: "trouble", data: null });
    }
    troubled = true;
  }

  return {
    join(listener) {
      if (stopped) return null;
      const taken = [...seats];
      const index = findSeat(
        taken.map(({ staffId }) => staffId),
        listener.staffId,
      );
      if (index === null) return null;
      const leaving = index === "free" ? undefined : taken[index];
      if (leaving) dismiss(leaving);
      const seat: Seat = { ...listener, listKey: keyOf(listener), next: null, present: "", toldAt: Date.now() };
      seats.add(seat);
      if (seat.contact !== null) due.presence = 0;
      // The loop runs for all listeners, so it is not charged to whoever joined first.
      void workOn("live", null, () => workFor(null, run));
      return () => dismiss(seat);
    },
    stop() {
      stopped = true;
      for (const seat of [...seats]) dismiss(seat);
    },
    count: () => seats.size,
  };
}

/** The one watcher of this process. Ends its streams on a stop signal, because the server would wait for them. */
export function getWatcher(): Watcher {
  return ofProcess("watcher", () => {
    const watcher = createWatcher();
    readMoment("streams", watcher.count);
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => watcher.stop());
    return watcher;
  });
}
