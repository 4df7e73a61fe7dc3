import type { Question } from "@/components/triage/round";
import type { TriageSheet, TriageStep } from "@/lib/triage/actions";
import { ahead } from "@/lib/triage/queue";

/** Whose a contact is, and what it has come to: all that staff decide in this small desk. */
export type Value = { status: string; assignee: string | null };

type Made = { key: string; by: "ada" | "tomo"; before: Value };

export type Row = {
  id: string;
  position: number;
  value: Value;
  version: number;
  /** Changes that stand, the latest last. */
  made: Made[];
  claimedBy: "ada" | "tomo" | null;
};

export type Answer = { code: "done" | "nothing" | "conflict"; id: string; version: number };

/** A desk of a few contacts that are all in one queue, as plain as it can be said. */
export class PlainDesk {
  readonly rows: Row[];
  /** Ids of contacts that a colleague has been at. */
  readonly touched = new Set<string>();
  /** What became of each request, by its key: sent again, it happens once. */
  private readonly answers = new Map<string, Answer>();

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, index) => ({
      id: `contact ${index + 1}`,
      position: index + 1,
      value: { status: "new", assignee: null },
      version: 1,
      made: [],
      claimedBy: null,
    }));
  }

  row(id: string): Row {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new Error(`There is no ${id}.`);
    return row;
  }

  set(key: string, by: Made["by"], id: string, seen: number, change: Partial<Value>): Answer {
    return this.once(key, () => {
      const row = this.row(id);
      const value = { ...row.value, ...change };
      if (row.version !== seen) return { code: "conflict", id, version: row.version };
      if (JSON.stringify(value) === JSON.stringify(row.value)) return { code: "nothing", id, version: row.version };
      row.made.push({ key, by, before: row.value });
      return this.write(row, value);
    });
  }

  /** Possible while nothing that stands came after it. */
  undo(key: string, batch: string, id: string): Answer {
    return this.once(key, () => {
      const row = this.row(id);
      const last = row.made.at(-1);
      if (last?.key !== batch) return { code: "conflict", id, version: row.version };
      row.made.pop();
      return this.write(row, last.before);
    });
  }

  decideAsTomo(row: Row): void {
    this.touched.add(row.id);
    const status = row.value.status === "new" ? "spam" : "new";
    this.set(`tomo ${row.id} ${row.version}`, "tomo", row.id, row.version, { status });
  }

  claimAsTomo(row: Row): void {
    if (row.claimedBy !== null) return;
    row.claimedBy = "tomo";
    this.touched.add(row.id);
  }

  leaveAsTomo(row: Row): void {
    if (row.claimedBy === "tomo") row.claimedBy = null;
  }

  /** The person has been away for longer than claims last. */
  expire(): void {
    for (const row of this.rows) if (row.claimedBy === "ada") row.claimedBy = null;
  }

  private write(row: Row, value: Value): Answer {
    row.value = value;
    row.version++;
    return { code: "done", id: row.id, version: row.version };
  }

  private once(key: string, work: () => Answer): Answer {
    const answer = this.answers.get(key) ?? work();
    this.answers.set(key, answer);
    return answer;
  }

  /** Whether a contact is in the queue. */
  static isWaiting({ value }: Row): boolean {
    return value.status === "new" || value.status === "in_review";
  }

  step({ position, except, kept, loaded }: Question): TriageStep {
    const free = (row: Row) => row.claimedBy !== "tomo";
    const claimed = this.rows
      .filter(
        (row) => row.position >= position && !except.includes(row.position) && PlainDesk.isWaiting(row) && free(row),
      )
      .slice(0, ahead + 1);
    const held = [...claimed, ...this.rows.filter((row) => kept.includes(row.id) && free(row))];
    for (const row of this.rows) if (row.claimedBy === "ada") row.claimedBy = null;
    for (const row of held) row.claimedBy = "ada";
    const wanted = this.rows.filter((row) => claimed.includes(row) || kept.includes(row.id));
    return {
      claims: claimed.map(({ id, position }) => ({ id, position })),
      sheets: wanted.filter(({ id }) => !loaded.includes(id)).map(toSheet),
      others: [],
    };
  }
}

function toSheet({ id, version, value }: Row): TriageSheet {
  return { loaded: { contact: { id, name: id, version, ...value } } } as unknown as TriageSheet;
}
