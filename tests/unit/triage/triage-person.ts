import { findUndoable } from "@/components/triage/entries";
import { isAsking, type Question, questionOf } from "@/components/triage/round";
import { entriesOf, roundOf, startSession, type TriageSession } from "@/components/triage/session-value";
import { advance, type SessionEvent } from "@/components/triage/triage-session";
import type { QueuedContact } from "@/lib/triage/claims";
import type { Answer, PlainDesk, Value } from "./triage-desk";

/** One thing that the person did, as plain as it can be said. */
export type Deed = {
  key: string;
  id: string;
  /** What it sets, in words. */
  words: string;
  decision: boolean;
  /** back: taken back, or never made. stuck: it stays, because a colleague stands in the way. */
  state: "stands" | "refused" | "going back" | "back" | "stuck";
  /** Whether it was not made, whatever was tried with it since. */
  refused?: true;
};

/** Whether what is sent arrives, and its answer comes back. */
export type Network = "answered" | "answer lost" | "not sent";

/** `deed` is the key of what it does, or takes back. */
type Request = { key: string; deed: string; id: string; send: () => Answer; hear: (answer: Answer) => void };

/**
 * A person at work in one triage session, with the little that lies between it and the desk: changes go one after the other, and
 * one question is under way at a time. Beside it `deeds` keeps what they did and saw.
 */
export class Person {
  session: TriageSession;
  readonly deeds: Deed[] = [];
  private network: Network = "answered";
  private readonly requests: (() => void)[] = [];
  private question: { asked: Question; revision: number } | null = null;
  private readonly lost = new Map<string, Request>();
  private readonly known = new Map<string, { version: number; own: boolean }>();
  /** Decisions that a colleague was faster with: the card offers to insist. */
  readonly conflicts: { id: string; change: Partial<Value>; key: string }[] = [];
  private keys = 0;

  constructor(readonly desk: PlainDesk) {
    this.session = startSession({ id: "queue", total: desk.rows.length, more: false });
    this.ask();
  }

  get round() {
    return roundOf(this.session);
  }

  get shown(): string | null {
    return this.round.current?.id ?? null;
  }

  hear(event: SessionEvent): void {
    this.session = advance(this.session, event);
    this.ask();
  }

  private ask(): void {
    if (this.question || !isAsking(this.round)) return;
    this.question = { asked: questionOf(this.round, entriesOf(this.session)), revision: this.round.revision };
  }

  private newKey = () => `key ${++this.keys}`;

  act(change: Partial<Value>): void {
    const id = this.shown;
    if (id === null || !this.round.sheets[id]) return;
    const key = this.newKey();
    const words = JSON.stringify(change);
    const decision = change.status !== undefined;
    this.deeds.push({ key, id, words, decision, state: "stands" });
    const before = { ...nothing, id, name: id, version: 1, status: "new" };
    this.hear({ type: "act", key, before, outcome: decision ? "Decided" : null, words, now: 0 });
    this.change(key, id, change);
  }

  /** Keeps what was refused, over what the colleague did. */
  insist(): void {
    const conflict = this.conflicts.pop();
    if (!conflict) return;
    const { id, change } = conflict;
    const words = JSON.stringify(change);
    const key = this.newKey();
    const refused = this.deeds.filter((deed) => deed.id === id && deed.words === words && deed.state === "refused");
    for (const deed of refused) deed.state = "back";
    this.deeds.push({ key, id, words, decision: refused.at(-1)?.decision ?? false, state: "stands" });
    const known = this.known.get(id);
    if (known) this.known.set(id, { ...known, own: true });
    this.hear({ type: "sent", key, before: { ...nothing, id, name: id, version: 1, status: "new" }, words });
    this.change(key, id, change);
  }

  undo(): void {
    const target = this.deeds.findLast(({ state }) => state === "stands" || state === "refused");
    const wasShown = this.shown;
    const entry = findUndoable(this.session.entries);
    const undoKey = entry?.undoKey ?? this.newKey();
    this.hear({ type: "undo", undoKey, now: 0 });
    if (!target || !entry) {
      if (target || entry) throw new Error("There is something to undo, and there is not.");
      if (this.shown !== wasShown) throw new Error("Nothing was left to undo, and the screen changed.");
      return;
    }
    if (entry.key !== target.key) throw new Error(`${entry.key} is taken back instead of ${target.key}.`);
    if (this.shown !== target.id) throw new Error(`${target.id} is taken back and ${this.shown} is on the screen.`);
    target.state = target.state === "refused" ? "back" : "going back";
    if (target.state === "going back") this.takeBack(target, undoKey);
  }

  move(type: "skip" | "back"): void {
    const { round } = this;
    const next = round.ahead[0]?.id ?? null;
    const passed = round.visited.filter(({ position }) =>
      round.current ? position < round.position : position <= round.position,
    );
    const before = this.shown;
    this.hear({ type, now: 0 });
    const expected = type === "skip" ? next : (passed.at(-1)?.id ?? before);
    if (this.shown !== expected) throw new Error(`${type} leads to ${this.shown} instead of ${expected}.`);
    if (type === "skip") this.checkNoneMissed(round.visited, round.position);
  }

  /** No contact that was on the screen and is not decided has been jumped over, unless a colleague has been at it. */
  private checkNoneMissed(visited: QueuedContact[], from: number): void {
    const { current, ended } = this.round;
    // Nothing is on the screen while the next is on its way.
    const to = current?.position ?? (ended ? Number.POSITIVE_INFINITY : from);
    for (const { id, position } of visited) {
      const decided = this.deeds.some(
        (deed) => deed.id === id && deed.decision && (deed.state === "stands" || deed.state === "stuck"),
      );
      if (position > from && position < to && !decided && !this.desk.touched.has(id))
        throw new Error(`${id} was missed on the way from ${from} to ${to}.`);
    }
  }

  private change(key: string, id: string, change: Partial<Value>): void {
    const seen = Math.max(this.versionOf(id), this.round.sheets[id]?.loaded.contact.version ?? 0);
    let sent: number | null = null;
    const send = () => {
      const known = this.known.get(id);
      sent ??= known?.own ? Math.max(seen, known.version) : seen;
      return this.desk.set(key, "ada", id, sent, change);
    };
    const hear = ({ code, version }: Answer) => {
      this.known.set(id, { version, own: code === "done" });
      this.hear(code === "done" ? { type: "saved", key } : { type: "refused", key, why: code });
      if (code === "done") return;
      const deed = this.deeds.find((each) => each.key === key);
      if (deed) deed.refused = true;
      if (deed?.state === "stands") deed.state = "refused";
      if (code === "conflict") this.conflicts.push({ id, change, key });
    };
    this.requests.push(() => {
      this.findLost(id, key);
      const request = { key, deed: key, id, send, hear };
      if (!this.exchange(request)) this.hear({ type: "lost", key });
    });
  }

  private versionOf(id: string): number {
    return this.known.get(id)?.version ?? 0;
  }

  private takeBack(deed: Deed, undoKey: string): void {
    const { key: batch, id } = deed;
    const hear = ({ code, version }: Answer) => {
      this.known.set(id, { version, own: code === "done" });
      if (code === "done") {
        this.hear({ type: "undone", batch, key: undoKey, ids: [id] });
        deed.state = "back";
      } else {
        this.hear({ type: "not undone", batch, why: code, final: true });
        deed.state = "stuck";
      }
    };
    const fail = () => {
      this.hear({ type: "not undone", batch, why: "No answer", final: false });
      // What came before it on the same contact cannot be taken back before it either.
      for (const each of this.deeds.slice(0, this.deeds.indexOf(deed) + 1)) {
        if (each.id === id && each.state === "going back") each.state = each.refused ? "refused" : "stands";
      }
    };
    this.requests.push(() => {
      if (deed.state !== "going back") return;
      this.findLost(id, undoKey);
      if (
        this.lost.has(batch) ||
        [...this.lost.values()].some((request) => request.id === id && request.key !== undoKey)
      )
        return fail();
      const refused = this.session.entries.find(({ key }) => key === batch)?.fate === "refused";
      if (refused) {
        this.hear({ type: "nothing undone", batch, why: "refused" });
        deed.state = "back";
        return;
      }
      if (!this.exchange({ key: undoKey, deed: batch, id, send: () => this.desk.undo(undoKey, batch, id), hear }))
        fail();
    });
  }

  /** Sends a request and hears its answer; false where the answer is lost, for which it is asked again before the next one. */
  private exchange(request: Request): boolean {
    this.lost.delete(request.key);
    if (this.network !== "not sent") {
      const answer = request.send();
      if (this.network === "answered") {
        request.hear(answer);
        return true;
      }
    }
    this.lost.set(request.key, request);
    return false;
  }

  /** Whether nobody knows what became of it, or of the attempt to take it back. */
  isUnknown(deed: string): boolean {
    return [...this.lost.values()].some((request) => request.deed === deed);
  }

  private findLost(id: string, except: string): void {
    for (const request of [...this.lost.values()]) {
      if (request.id === id && request.key !== except) this.exchange(request);
    }
  }

  /** The oldest change that is under way arrives. */
  deliverChange(): boolean {
    const request = this.requests.shift();
    request?.();
    return request !== undefined;
  }

  /** The question that is under way is answered, or its answer is lost. */
  deliverAnswer(): boolean {
    const question = this.question;
    if (!question) return false;
    const { asked, revision } = question;
    const step = this.network === "not sent" ? null : this.desk.step(asked);
    this.question = null;
    const about = { queue: "queue", revision };
    if (step && this.network === "answered") this.hear({ type: "received", ...about, step, now: 0 });
    else this.hear({ type: "unanswered", ...about, why: "No answer" });
    return true;
  }

  connect(network: Network): void {
    this.network = network;
  }

  deliverAll(): void {
    while (this.deliverChange() || this.deliverAnswer());
  }

  /** Everything arrives, and what comes next is asked again, whoever has changed it. */
  settle(): void {
    this.network = "answered";
    this.hear({ type: "ask" });
    this.deliverAll();
  }
}

const nothing = { assigneeId: null, snoozedUntil: null, spamReason: null, duplicateOf: null };
