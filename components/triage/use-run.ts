"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { newKey } from "@/components/change/new-key";
import { showFailure } from "@/components/change/toasts";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import { browseSheet, keepTriage, leaveTriage, startTriage, stepTriage } from "@/lib/triage/actions";
import { signEvery } from "@/lib/triage/queue";
import { decide, letGo, moveBack, moveOn, positionOf, type Run, receive, renew, startRun } from "./run";

const unanswered = "The desk did not answer. Try again in a moment.";

/**
 * A run through the queue of a filter. It begins when the page is there, asks for what comes next whenever the person has moved,
 * and shows signs of life until they leave, so that what is on their screen stays theirs.
 */
export function useRun(filter: ContactFilter) {
  const [run, setRun] = useState<Run | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef<Run | null>(null);
  const put = useCallback((next: Run) => {
    latest.current = next;
    setRun(next);
  }, []);

  const ask = useCallback(
    async (moved: Run, anew = false) => {
      put({ ...moved, asking: true });
      const last = moved.passed.at(-1);
      const answer = await stepTriage({
        queue: moved.queue.id,
        position: positionOf(moved),
        kept: last ? [last.id] : [],
        loaded: [...(moved.current && !anew ? [moved.current] : []), ...moved.next].map(({ id }) => id),
      }).catch(() => ({ ok: false, message: unanswered }) as const);
      const now = latest.current;
      if (now?.queue.id !== moved.queue.id) return;
      if (answer.ok) put(receive(now, answer.value, Date.now()));
      else put({ ...now, asking: false });
      setProblem(answer.ok ? null : answer.message);
    },
    [put],
  );

  const begin = useCallback(async () => {
    latest.current = null;
    setRun(null);
    setProblem(null);
    const answer = await startTriage({ id: newKey(), filter: String(printFilter(filter)) }).catch(
      () => ({ ok: false, message: unanswered }) as const,
    );
    if (answer.ok) await ask(startRun(answer.value));
    else setProblem(answer.message);
  }, [filter, ask]);

  const started = useRef(false);
  useEffect(() => {
    // Once, also where React runs effects twice to find faults.
    if (started.current) return;
    started.current = true;
    void begin();
  }, [begin]);

  useEffect(() => {
    const sign = setInterval(() => {
      const now = latest.current;
      if (!now) return;
      keepTriage()
        // Away for longer than claims last, and the contact may be somebody else's by now: ask for what is left.
        .then(async (kept) => {
          if (kept.ok && now.current && !kept.value.includes(now.current.id)) await ask(now);
        })
        .catch(() => undefined);
    }, signEvery);
    return () => {
      clearInterval(sign);
      void leaveTriage().catch(() => undefined);
    };
  }, [ask]);

  /** Loads the contact on the screen anew, where it stands in the queue. Unasked, it takes nothing off the screen. */
  async function reload(asked: boolean) {
    const shown = latest.current?.current;
    if (!shown) return;
    const answer = await browseSheet({ id: shown.id }).catch(() => ({ ok: false, message: unanswered }) as const);
    const now = latest.current;
    if (now && answer.ok && answer.value) return put(renew(now, answer.value));
    if (!asked || now?.current?.id !== shown.id) return;
    showFailure(answer.ok ? "That contact has been deleted." : answer.message);
    if (answer.ok) await ask(letGo(now, Date.now()));
  }

  const move = (change: (from: Run) => Run, anew = false) => {
    const now = latest.current;
    if (now) void ask(change(now), anew);
  };
  return {
    run,
    problem,
    begin: () => void begin(),
    again: () => (latest.current ? void ask(latest.current) : void begin()),
    reload: () => void reload(false),
    show: () => reload(true),
    skip: () => move((from) => moveOn(from, Date.now())),
    // What was decided or noted meanwhile is loaded with it.
    back: () => move((from) => moveBack(from, Date.now()), true),
    decide: (outcome: string) => move((from) => decide(from, outcome, Date.now())),
  };
}
