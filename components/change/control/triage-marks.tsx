"use client";
import { clsx } from "clsx";
import { nameIn, useDesk } from "@/components/desk/desk";
import { Avatar } from "@/components/ui/avatar";
import { cameBackByWriting, type Triage } from "@/lib/contact/triage";
import { formatInstant, formatNear } from "@/lib/desk/time";
import { changeWords } from "../words";
import { useOver } from "./use-over";

/** Hides the assignee if the list has a column for it, unless the list is too narrow to show that column. */
const unlessInColumn = "md:group-data-assignee/list:hidden md:@max-[700px]:group-data-assignee/list:inline";

type TriageMarksProps = { triage: Triage; wroteAgainAt: Date | null; now: Date };

/**
 * A contact's triage state besides its status, on one short line: the assignee, and until when or why it waits. Most
 * contacts have none, and a list has fifty, so those cost no state.
 */
export function TriageMarks(props: TriageMarksProps) {
  const { assigneeId, snoozedUntil, spamReason, duplicateOf } = props.triage;
  return assigneeId || snoozedUntil || spamReason || duplicateOf ? <Marks {...props} /> : null;
}

function Marks({ triage, wroteAgainAt, now }: TriageMarksProps) {
  const desk = useDesk();
  const { assigneeId, snoozedUntil, spamReason, duplicateOf } = triage;
  const back = useOver(snoozedUntil, now);
  const words = [
    snoozedUntil
      ? back
        ? cameBackByWriting(snoozedUntil, wroteAgainAt)
          ? changeWords.wroteAgain
          : changeWords.backFromSnooze
        : changeWords.until(formatNear(new Date(snoozedUntil), desk.zone, now))
      : null,
    spamReason,
    duplicateOf ? changeWords.duplicate : null,
  ].filter((word) => word !== null);
  const name = assigneeId ? nameIn(desk, assigneeId) : null;
  return (
    <span
      data-snoozed={(snoozedUntil && !back) || undefined}
      className="flex min-w-0 items-center gap-1.5 text-[11.5px] leading-4 text-ink-3"
    >
      {name ? (
        <span
          title={changeWords.assignedToOne(name)}
          className={clsx(unlessInColumn, "shrink-0 [&>span:first-child]:size-4 [&>span:first-child]:text-[8px]")}
        >
          <Avatar name={name} />
          <span className="sr-only">{changeWords.assignedToOne(name)}</span>
        </span>
      ) : null}
      {words.length > 0 ? (
        <span
          dir="auto"
          className={back ? "truncate font-semibold text-warn" : "truncate"}
          title={
            snoozedUntil
              ? changeWords.snoozedUntil(formatInstant(new Date(snoozedUntil), desk.zone))
              : words.join(" · ")
          }
        >
          {snoozedUntil && !back ? <span className="sr-only">{changeWords.snoozed} </span> : null}
          {words.join(" · ")}
        </span>
      ) : (
        <bdi className={clsx(unlessInColumn, "truncate compact:hidden")}>{name}</bdi>
      )}
    </span>
  );
}
