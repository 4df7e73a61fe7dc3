"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { describeOwn } from "@/components/change/conflict/conflicts";
import { newKey } from "@/components/change/queue/new-key";
import { type ChangeEvent, hearChanges } from "@/components/change/store/change-events";
import { takeBack } from "@/components/change/undo";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { deskWords } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";
import { browseSheet, keepTriage, leaveTriage, startTriage, stepTriage } from "@/lib/triage/actions";
import { signEvery } from "@/lib/triage/queue";
import { findUndoable } from "./entries";
import { isAsking, questionOf } from "./round";
import { entriesOf, roundOf, startSession, type TriageSession } from "./session-value";
import { advance, type SessionEvent } from "./triage-session";

const unanswered = deskWords.unreachable;
const noAnswer = () => ({ ok: false, message: unanswered }) as const;

/**
 * The triage session of a filter's contacts: keeps its value, sends its questions and listens for changes. It starts
 * when the page is there. Until the person leaves, heartbeats extend the claim on the contact on the screen.
 */
export function useTriageSession(filter: ContactFilter) {
  const [session, setSession] = useState<TriageSession | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef<TriageSession | null>(null);
  const asking = useRef(false);

  /** Sends one question at a time. Of those that come up meanwhile, only the latest is asked next. */
  const catchUp = useCallback(async () => {
    if (asking.current) return;
    asking.current = true;
    for (let now = latest.current; now && isAsking(roundOf(now)); now = latest.current) {
      const { revision, queue } = roundOf(now);
      const about = { queue: queue.id, revision };
      const answer = await stepTriage(questionOf(roundOf(now), entriesOf(now))).catch(noAnswer);
      put(
        answer.ok ? { type: "received", ...about, step: answer.value, now: Date.now() } : failed(about, answer.message),
      );
    }
    asking.current = false;

    function put(event: SessionEvent) {
      if (!latest.current) return;
      latest.current = advance(latest.current, event);
      setSession(latest.current);
    }
  }, []);

  const send = useCallback(
    (event: SessionEvent) => {
      if (!latest.current) return;
      latest.current = advance(latest.current, event);
      setSession(latest.current);
      void catchUp();
    },
    [catchUp],
  );

  /** Freezes a queue and starts a round through it: the session's first, or another one. */
  const begin = useCallback(async () => {
    setProblem(null);
    const answer = await startTriage({ id: newKey(), filter: String(printFilter(filter)) }).catch(noAnswer);
    if (!answer.ok) return setProblem(answer.message);
    if (latest.current) return send({ type: "began", queue: answer.value });
    latest.current = startSession(answer.value);
    setSession(latest.current);
    void catchUp();
  }, [filter, send, catchUp]);

  const started = useRef(false);
  useEffect(() => {
    // Only once, because React runs effects twice in development.
    if (started.current) return;
    started.current = true;
    void begin();
  }, [begin]);

  useEffect(
    () =>
      hearChanges((event) => {
        const heard = toSessionEvent(event);
        if (heard) send(heard);
      }),
    [send],
  );

  useEffect(() => {
    const sign = setInterval(() => {
      const shown = latest.current && roundOf(latest.current).current;
      if (!shown) return;
      keepTriage()
        // If the tab was away for longer than a claim lasts, somebody else may have the contact, so ask what is left.
        .then((kept) => kept.ok && !kept.value.includes(shown.id) && send({ type: "ask" }))
        .catch(() => undefined);
    }, signEvery);
    return () => {
      clearInterval(sign);
      void leaveTriage().catch(() => undefined);
    };
  }, [send]);

  /** Reloads the contact on the screen, in the same position. Without `asked`, it never removes it from the screen. */
  async function reload(asked: boolean) {
    const shown = latest.current && roundOf(latest.current).current;
    if (!shown) return;
    const answer = await browseSheet({ id: shown.id }).catch(noAnswer);
    if (answer.ok && answer.value) return send({ type: "renewed", sheet: answer.value });
    if (!asked || !latest.current || roundOf(latest.current).current?.id !== shown.id) return;
    showFailure(answer.ok ? deskWords.contactDeleted : answer.message);
    if (answer.ok) send({ type: "deleted", id: shown.id, now: Date.now() });
  }

  /** Undoes the last change. If it was never made, its contact is only shown. */
  function undo() {
    const entry = latest.current && findUndoable(latest.current.entries);
    const undoKey = entry?.undoKey ?? newKey();
    send({ type: "undo", undoKey, now: Date.now() });
    if (!entry || entry.fate === "refused") return;
    void takeBack(entry.key, undoKey, entry.queued.id, entry.before, () => isAsked(entry.key));
  }
  const isAsked = (key: string) =>
    latest.current?.entries.some((entry) => entry.key === key && entry.undo === "asked") ?? true;

  return {
    session,
    problem,
    begin: () => void begin(),
    again: () => (latest.current && problem === null ? send({ type: "ask" }) : void begin()),
    reload: () => void reload(false),
    show: () => reload(true),
    skip: () => send({ type: "skip", now: Date.now() }),
    back: () => send({ type: "back", now: Date.now() }),
    act: (did: Omit<Extract<SessionEvent, { type: "act" }>, "type" | "now">) =>
      send({ type: "act", ...did, now: Date.now() }),
    undo,
    readNotices: () => send({ type: "notices read" }),
  };
}

function failed(about: { queue: string; revision: number }, why: string): SessionEvent {
  return { type: "unanswered", ...about, why };
}

/** The session's event for a change. A change of several contacts at once gives null, because triage shows only one. */
function toSessionEvent(event: ChangeEvent): SessionEvent | null {
  if (event.type !== "sent") return event;
  const { key, change, subjects } = event;
  const [before, ...others] = subjects;
  return before && others.length === 0 ? { type: "sent", key, before, words: describeOwn(change) } : null;
}
