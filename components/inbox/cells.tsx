"use client";
import Link from "next/link";
import { useState } from "react";
import type { Decision } from "@/components/change/decide";
import { StatusMenu } from "@/components/change/status-menu";
import { TriageMarks } from "@/components/change/triage-marks";
import { Badge } from "@/components/ui/badge";
import { Highlight } from "@/components/ui/highlight";
import { mergeClasses } from "@/components/ui/merge-classes";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { given } from "@/lib/contact/given";
import { isOpen, type Status, statusLabel } from "@/lib/contact/status";
import { cutBefore, findMatches } from "@/lib/filter/matches";
import type { InboxRow } from "./row";

/** A row with what the hand has done to it: shown with its new status, dimmed, until the list is taken anew. */
export type ShownRow = InboxRow & { done: boolean; saving: boolean; reason: string | null };

/** What stands below each other, beside each other where a row has one line. */
const line =
  "md:group-data-[density=compact]/list:flex md:group-data-[density=compact]/list:items-center md:group-data-[density=compact]/list:gap-2";

type ContactCellProps = {
  row: ShownRow;
  href: string;
  /** The words that are searched for, to mark them. */
  sought: string[];
  onOpen: (id: string) => boolean;
};

/** Who wrote and what; its link covers the whole row. */
export function ContactCell({ row, href, sought, onOpen }: ContactCellProps) {
  const company = given(row.company);
  const named = findMatches(`${row.name} ${company ?? ""}`, sought).length > 0;
  const message = named ? row.message : cutBefore(row.message, sought);
  return (
    <div className={line}>
      <Link
        href={href}
        prefetch={false}
        data-row-link={row.id}
        onNavigate={(event) => {
          if (onOpen(row.id)) event.preventDefault();
        }}
        className="block truncate leading-[18px] font-semibold text-ink outline-none after:absolute after:inset-0 group-data-done/row:text-ink-3 max-md:text-[14.5px] md:group-data-[density=compact]/list:max-w-[65%] md:group-data-[density=compact]/list:shrink-0"
      >
        <bdi>{row.name.trim() ? <Highlight text={row.name.trim()} sought={sought} /> : "No name"}</bdi>{" "}
        <bdi className="font-[450] text-ink-3">
          {company ? <Highlight text={company} sought={sought} /> : "Not given"}
        </bdi>
      </Link>
      <span
        dir="auto"
        className="block truncate text-[12px] leading-[17px] text-ink-3 max-md:line-clamp-2 max-md:text-[13px] max-md:leading-[19px] max-md:whitespace-normal md:max-h-[17px] md:group-data-[density=compact]/list:min-w-0"
      >
        {row.message ? <Highlight text={message} sought={sought} /> : "No message"}
      </span>
    </div>
  );
}

export function ServiceCell({ row }: { row: ShownRow }) {
  const more = row.documents - row.documentTypes.length;
  return (
    <div className={mergeClasses("max-md:contents", line)}>
      <span
        dir="auto"
        className="block min-w-0 truncate leading-[18px] text-ink-2 group-data-done/row:text-ink-3 max-md:text-[12px]"
      >
        {given(row.service) ?? "Not given"}
      </span>
      <span className="flex h-[17px] shrink-0 gap-[3px] overflow-hidden whitespace-nowrap max-md:ml-auto">
        {countTypes(row.documentTypes).map(({ type, failed, count }) => (
          <Badge
            key={`${type} ${failed}`}
            tone={failed ? "fail" : "neutral"}
            title={failed ? `${type}: processing failed` : type}
            className="max-w-28 shrink-0"
          >
            {type || "file"}
            {count > 1 ? ` ${count}` : ""}
            {failed ? <span className="sr-only"> failed</span> : null}
          </Badge>
        ))}
        {more > 0 ? <span className="text-[11px] leading-[17px] text-ink-3">+{more}</span> : null}
      </span>
    </div>
  );
}

/** Documents of the same type, and failed or not, as one mark. */
function countTypes(documents: InboxRow["documentTypes"]) {
  const types = new Map<string, { type: string; failed: boolean; count: number }>();
  for (const { type, failed } of documents) {
    const key = `${type} ${failed}`;
    types.set(key, { type, failed, count: (types.get(key)?.count ?? 0) + 1 });
  }
  return [...types.values()];
}

type StatusCellProps = {
  row: ShownRow;
  now: Date;
  onStatus: (row: ShownRow, status: Status) => void;
  onDecide: (row: ShownRow, decision: Decision) => void;
};

/** The status and what else is decided, and the menu to set it. The menu is only built once it is asked for: there are fifty of these. */
export function StatusCell({ row, now, onStatus, onDecide }: StatusCellProps) {
  const [armed, setArmed] = useState(false);
  const button = (
    <button
      type="button"
      aria-label={`Status: ${statusLabel(row.status)}. Change`}
      aria-haspopup="menu"
      aria-busy={row.saving}
      onClick={armed ? undefined : () => setArmed(true)}
      className="relative z-10 -mx-1.5 flex max-w-[calc(100%+12px)] items-center rounded-md px-1.5 py-0.5 hover:bg-line-soft group-data-done/row:text-ink-3 md:group-data-[density=compact]/list:shrink-0"
    >
      <StatusBadge status={row.status} className="group-data-done/row:text-ink-3" />
    </button>
  );
  return (
    <div className={line}>
      {armed ? (
        <StatusMenu
          status={row.status}
          defaultOpen
          onChoose={(status) => onStatus(row, status)}
          onDecide={(decision) => onDecide(row, decision)}
        >
          {button}
        </StatusMenu>
      ) : (
        button
      )}
      {row.reason ? null : <TriageMarks triage={row} now={now} />}
      {row.reason ? (
        <span className="block truncate text-[11.5px] leading-4 text-fail" title={row.reason} dir="auto">
          {row.reason}
        </span>
      ) : null}
    </div>
  );
}

export function AgeCell({ row, zone, now }: { row: ShownRow; zone: string; now: Date }) {
  // What has been decided on this page since is answered, or not this desk's to answer. On one line the age itself says so.
  const overdue = row.overdue && isOpen(row.status);
  return (
    <>
      <Time
        at={row.timestamp}
        zone={zone}
        now={now}
        className={mergeClasses(
          "relative z-10 text-ink-2 group-data-done/row:text-ink-3",
          overdue &&
            "md:group-data-[density=compact]/list:font-semibold md:group-data-[density=compact]/list:text-fail",
        )}
      />
      {overdue ? (
        <span
          title="Its first answer is overdue"
          className="block text-[11.5px] leading-[17px] font-semibold text-fail max-md:ml-1.5 max-md:inline md:group-data-[density=compact]/list:sr-only"
        >
          Overdue
        </span>
      ) : null}
    </>
  );
}
