"use client";
import { clsx } from "clsx";
import { changeWords } from "@/components/change/words";
import { nameIn, useDesk } from "@/components/desk/desk";
import { inboxWords } from "@/components/inbox/words";
import { Avatar } from "@/components/ui/avatar";
import { Time } from "@/components/ui/time";
import { given } from "@/lib/contact/given";
import { isOpen } from "@/lib/contact/status";
import { formatDue, formatInstant } from "@/lib/desk/time";
import type { Detail } from "@/lib/list/columns";
import type { ShownRow } from "../row";

/** A text from the visitor, cut to one line; the whole text is shown on hover. */
export function TextCell({ text }: { text: string | null | undefined }) {
  const shown = given(text ?? null);
  if (shown === null) return <Nothing />;
  return (
    <span dir="auto" title={shown} className="block truncate text-ink-2 done:text-ink-3">
      {shown}
    </span>
  );
}

/** A detail that rows include only while its column is shown. */
export function DetailCell({ row, detail }: { row: ShownRow; detail: Detail }) {
  const value = row.details?.[detail];
  if (typeof value !== "number") return <TextCell text={value} />;
  return (
    <span className="block truncate text-ink-2 tabular-nums done:text-ink-3">
      {value.toLocaleString("en", { maximumFractionDigits: 2 })}
    </span>
  );
}

/** The contact's assignee. */
export function AssigneeCell({ row }: { row: ShownRow }) {
  const desk = useDesk();
  if (row.assigneeId === null) return <Nothing word={changeWords.nobody} />;
  const name = nameIn(desk, row.assigneeId);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-ink-2 done:text-ink-3">
      <Avatar name={name} />
      <span dir="auto" title={name} className="truncate">
        {name}
      </span>
    </span>
  );
}

/** When the first response is due, from now: "in 2 h", "late 3 h". */
export function DueCell({ row, zone, now }: { row: ShownRow; zone: string; now: Date }) {
  if (row.due === null || !isOpen(row.status)) return <Nothing word={inboxWords.notDue} />;
  const look = row.overdue ? "font-semibold text-fail" : row.dueSoon ? "font-semibold text-warn" : "text-ink-2";
  return (
    <time
      dateTime={row.due.toISOString()}
      title={formatInstant(row.due, zone)}
      suppressHydrationWarning
      className={clsx("block truncate tabular-nums done:text-ink-3", look)}
    >
      {formatDue(row.due, now)}
    </time>
  );
}

/** Until when the contact is snoozed. */
export function SnoozedCell({ row, zone, now }: { row: ShownRow; zone: string; now: Date }) {
  if (row.snoozedUntil === null) return <Nothing word={inboxWords.notSnoozed} />;
  return (
    <span className="block truncate text-ink-2 done:text-ink-3">
      <Time at={new Date(row.snoozedUntil)} zone={zone} now={now} show="instant" />
    </span>
  );
}

/** An empty cell: a dash for the eye, a word for screen readers. */
export function Nothing({ word = "Not given" }: { word?: string }) {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}
