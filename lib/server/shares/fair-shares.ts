import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { isPublicFile } from "@/lib/desk/public-files";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { createMeter } from "@/lib/runtime/meter";
import { countedAddress } from "@/lib/runtime/network";
import type { SessionToken } from "@/lib/staff/session/token";

/**
 * What a request costs the one thread of this server: a "page" is rendered to its end, actions included; a "stream" only begins,
 * and has a limit of its own for what it goes on with. Null costs nothing worth counting.
 */
export type RequestKind = "page" | "stream" | null;

const free = /^\/api\/(health(\/|$)|metrics$)/;
const streams = /^\/(api\/live$|export\/|documents\/)/;

/** What kind of request an address is, whatever its method. @param path without its query */
export function kindOf(path: string): RequestKind {
  if (isPublicFile(path) || free.test(path)) return null;
  return streams.test(path) ? "stream" : "page";
}

/**
 * Whose share a request takes of: the person's, over all their sessions; the session's where its cookie is older than the name
 * of its person in it; without a session that of the network.
 * @param session what a cookie holds that this desk has sealed; the session may have ended
 */
export function shareOf(session: SessionToken | null, address: string | null): string {
  if (session === null) return `network ${address === null ? "unknown" : countedAddress(address)}`;
  return session.staffId === null ? `session ${session.sessionId}` : `person ${session.staffId}`;
}

/** What a share holds. */
export type ShareLimits = {
  /** Requests that take the thread: each does until it is done, or the thread has had nothing to do for `idle` ms since it began. */
  working: { alone: number; shared: number; total: number; idle: number };
  /** Pages under way, those included that only wait for the database. */
  pages: number;
  waiting: number;
  /** Milliseconds that a request waits at most; then it hears "busy". */
  patience: number;
  /** Milliseconds for which somebody counts as there after their last request. */
  lingers: number;
  /** Who has used much of the thread's own work lately waits while somebody else has a request; see lib/runtime/fair-queue.ts. */
  yields: { above: number; window: number; atOnce: number; wait: number; rests: boolean };
  /** Milliseconds after which a refusal is sent: a program that asks again at once would else keep the thread busy with refusals. */
  refusal: number;
};

export const shareLimits: ShareLimits = {
  // Few at once go through one thread as fast as many: those under way are what whoever comes next has to wait for.
  working: { alone: 3, shared: 2, total: 64, idle: 200 },
  pages: 6,
  waiting: 20,
  patience: 10_000,
  lingers: 5_000,
  yields: { above: 750, window: 5_000, atOnce: 1, wait: 1_000, rests: true },
  refusal: 500,
};

/** Whether a request may go on. `release` must be called when it has been answered or given up; a stream's when its head is sent. */
export type Admission = { ok: true; release: () => void } | { ok: false; retryAfter: number };

export type Shares = { admit(kind: RequestKind, share: string, signal?: AbortSignal): Promise<Admission> };

/**
 * Lets requests in by fair shares: as many of one person at once as a browser sends, and beside others one at a time of whoever
 * has used much of the thread lately. A page that waits for the database does not take the thread. Never rejects.
 * @param usedSoFar ms of the thread that have been used by now, by whomever
 */
export function createShares(limits: ShareLimits = shareLimits, usedSoFar: () => number = readThreadTime): Shares {
  const { working, pages, waiting, patience, lingers, yields, refusal } = limits;
  const underWay = createFairQueue({ alone: pages, waiting, patience });
  const thread = createFairQueue({
    alone: working.alone,
    shared: working.shared,
    total: working.total,
    waiting: pages + waiting,
    patience,
    lingers,
    yields,
  });
  const meter = createMeter(usedSoFar);
  const refuse = async (signal?: AbortSignal): Promise<Admission> => {
    if (!signal?.aborted) await pause(refusal, undefined, { ref: false });
    return { ok: false, retryAfter: 2 };
  };

  return {
    async admit(kind, share, signal) {
      if (kind === null) return { ok: true, release: () => undefined };
      const place = kind === "page" ? await underWay.take(share, signal) : null;
      if (place && !place.ok) return refuse(signal);
      const turn = await thread.take(share, signal);
      if (!turn.ok) {
        place?.release();
        return refuse(signal);
      }
      const used = meter.begin();
      let held = true;
      let released = false;
      const giveBack = (ms: number) => {
        if (held) turn.release(ms);
        // What it uses after its turn is theirs as well.
        else thread.charge(share, ms);
        held = false;
      };
      const stop = whenIdle(working.idle, () => giveBack(used.take()));
      return {
        ok: true,
        release: () => {
          if (released) return;
          released = true;
          stop();
          giveBack(used.end());
          place?.release();
        },
      };
    },
  };
}

/**
 * Milliseconds of a processor that this thread has used. Where the system does not say, those in which it had something to do:
 * on a machine that is busy with other things that is more, and people seem to use what the machine took.
 */
function readThreadTime(): number {
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(nanoseconds) / 1_000_000;
  } catch {
    return performance.eventLoopUtilization().active;
  }
}

/** Calls back once the thread has had nothing to do for so many ms from now on, all in all. Gives the way to stop that. */
function whenIdle(milliseconds: number, callBack: () => void): () => void {
  const began = performance.eventLoopUtilization();
  const look = () => {
    const left = milliseconds - performance.eventLoopUtilization(began).idle;
    if (left <= 0) callBack();
    else timer = setTimeout(look, Math.max(left, 10));
  };
  let timer = setTimeout(look, milliseconds);
  return () => clearTimeout(timer);
}
