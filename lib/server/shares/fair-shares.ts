import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { isPublicFile } from "@/lib/desk/public-files";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { createMeter } from "@/lib/runtime/meter";
import { countedAddress } from "@/lib/runtime/network";
import type { SessionToken } from "@/lib/staff/session/token";

/**
 * What a request costs this server's one thread. A "page" is rendered to its end, and so is an action. A "stream" only
 * begins, because what follows has its own limit. Null costs nothing worth counting.
 */
export type RequestKind = "page" | "stream" | null;

const free = /^\/api\/(health(\/|$)|metrics$)/;
const streams = /^\/(api\/live$|export\/|documents\/)/;

/**
 * The kind of request, by its path alone, whatever the method.
 * @param path without its query
 */
export function kindOf(path: string): RequestKind {
  if (isPublicFile(path) || free.test(path)) return null;
  return streams.test(path) ? "stream" : "page";
}

/**
 * Whose share a request uses: the person's, over all their sessions. For an old cookie without the person's id, the
 * session's; without a session, the network's.
 * @param session from a cookie that this desk has sealed; the session may have ended
 */
export function shareOf(session: SessionToken | null, address: string | null): string {
  if (session === null) return `network ${address === null ? "unknown" : countedAddress(address)}`;
  return session.staffId === null ? `session ${session.sessionId}` : `person ${session.staffId}`;
}

/** The limits of shares. */
export type ShareLimits = {
  /**
   * Requests that use the thread. Each counts until it is done, or until the thread has been idle for `idle` ms since
   * it began.
   */
  working: { alone: number; shared: number; total: number; idle: number };
  /** Pages in progress, including those that only wait for the database. */
  pages: number;
  waiting: number;
  /** The longest, in ms, that a request waits; then it is refused as "busy". */
  patience: number;
  /** Milliseconds for which somebody still counts as there after their last request. */
  lingers: number;
  /**
   * Whoever has used much of the thread lately waits while somebody else has a request; see lib/runtime/fair-queue.ts.
   */
  yields: { above: number; window: number; atOnce: number; wait: number; rests: boolean };
  /**
   * Milliseconds before a refusal is sent. Without it, a program that retries at once would keep the thread busy with
   * refusals.
   */
  refusal: number;
};

export const shareLimits: ShareLimits = {
  // One thread does few requests at once as fast as many, and the next request has to wait for those in progress.
  working: { alone: 3, shared: 2, total: 64, idle: 200 },
  pages: 6,
  waiting: 20,
  patience: 10_000,
  lingers: 5_000,
  yields: { above: 750, window: 5_000, atOnce: 1, wait: 1_000, rests: true },
  refusal: 500,
};

/**
 * Whether a request may continue. `release` must be called when it has been answered or given up; for a stream, when
 * its head is sent.
 */
export type Admission = { ok: true; release: () => void } | { ok: false; retryAfter: number };

export type Shares = { admit(kind: RequestKind, share: string, signal?: AbortSignal): Promise<Admission> };

/**
 * Admits requests by fair shares. One person may have as many at once as a browser sends. While others are there,
 * whoever has used much of the thread lately gets one at a time. A page that waits for the database does not use the
 * thread. Never rejects.
 * @param usedSoFar ms of the thread used so far, by all together
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
      const pageTurn = kind === "page" ? await underWay.take(share, signal) : null;
      if (pageTurn && !pageTurn.ok) return refuse(signal);
      const turn = await thread.take(share, signal);
      if (!turn.ok) {
        pageTurn?.release();
        return refuse(signal);
      }
      const used = meter.begin();
      let held = true;
      let released = false;
      const giveBack = (ms: number) => {
        if (held) turn.release(ms);
        // What a request uses after its turn is charged to the same share.
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
          pageTurn?.release();
        },
      };
    },
  };
}

/**
 * Processor time that this thread has used, in ms. Where the system does not report it, the time in which the thread
 * was active. On a busy machine that is more, so people seem to use what other programs used.
 */
function readThreadTime(): number {
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(nanoseconds) / 1_000_000;
  } catch {
    return performance.eventLoopUtilization().active;
  }
}

/** Calls back once the thread has been idle for so many ms in all from now on. Gives a function that stops it. */
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
