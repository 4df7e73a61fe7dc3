import { setTimeout as pause } from "node:timers/promises";
import { createFairQueue } from "./fair-queue";
import { networkOf } from "./network";
import { findPerson } from "./requester";

/**
 * What a request costs the one thread of this server: a "page" is rendered to its end, actions included; a "stream" only begins,
 * and has a limit of its own for what it goes on with. Null costs nothing worth counting.
 */
export type RequestKind = "page" | "stream" | null;

const free = /^\/(_next\/static\/|pdfjs\/|api\/health(\/|$)|favicon\.ico$|icon\.svg$)/;
const streams = /^\/(api\/live$|export\/|documents\/)/;

/** What kind of request an address is, whatever its method. @param path without its query */
export function kindOf(path: string): RequestKind {
  if (free.test(path)) return null;
  return streams.test(path) ? "stream" : "page";
}

/**
 * Whose share a request takes of: the person's, over all their sessions; the session's where this process has not seen yet whose it
 * is; without one the network's. `sessionId` is what a cookie sealed by this desk holds, valid or not.
 */
export function shareOf(sessionId: string | null, address: string | null): string {
  if (sessionId === null) return `network ${address === null ? "unknown" : networkOf(address)}`;
  const person = findPerson(sessionId);
  return person === null ? `session ${sessionId}` : `person ${person}`;
}

/** What a share holds. `begin`: pages that are in their first `while` ms, which is when they take the thread; `render`: all. */
export type ShareLimits = {
  begin: { alone: number; shared: number; total: number; while: number };
  render: number;
  waiting: number;
  /** Milliseconds that a request waits at most; then it hears "busy". */
  patience: number;
  /** Milliseconds for which somebody counts as there after their last request. */
  lingers: number;
  /** Milliseconds after which a refusal is sent: a program that asks again at once would else keep the thread busy with refusals. */
  refusal: number;
};

export const shareLimits: ShareLimits = {
  begin: { alone: 4, shared: 1, total: 8, while: 250 },
  render: 6,
  waiting: 20,
  patience: 5_000,
  lingers: 5_000,
  refusal: 500,
};

/** Whether a request may go on. `release` must be called when it has been answered or given up; a stream's when its head is sent. */
export type Admission = { ok: true; release: () => void } | { ok: false; retryAfter: number };

export type Shares = { admit(kind: RequestKind, share: string, signal?: AbortSignal): Promise<Admission> };

/**
 * Lets requests in by fair shares. Beside others one has one request at a time in its first quarter of a second, which is all
 * that most take; what goes on for longer waits for the database, not for the thread, and only counts among the few that one may
 * have under way. Never rejects.
 */
export function createShares(limits: ShareLimits = shareLimits): Shares {
  const { begin, render, waiting, patience, lingers, refusal } = limits;
  const rendering = createFairQueue({ alone: render, waiting, patience });
  const beginning = createFairQueue({
    alone: begin.alone,
    shared: begin.shared,
    total: begin.total,
    waiting: render + waiting,
    patience,
    lingers,
  });
  const refuse = async (signal?: AbortSignal): Promise<Admission> => {
    if (!signal?.aborted) await pause(refusal, undefined, { ref: false });
    return { ok: false, retryAfter: 2 };
  };

  return {
    async admit(kind, share, signal) {
      if (kind === null) return { ok: true, release: () => undefined };
      const place = kind === "page" ? await rendering.take(share, signal) : null;
      if (place && !place.ok) return refuse(signal);
      const turn = await beginning.take(share, signal);
      if (!turn.ok) {
        place?.release();
        return refuse(signal);
      }
      const over = setTimeout(turn.release, begin.while);
      return {
        ok: true,
        release: () => {
          clearTimeout(over);
          turn.release();
          place?.release();
        },
      };
    },
  };
}
