"use client";
import { clsx } from "clsx";
import { StatusMenu } from "@/components/change/control/status-menu";
import { TriageMarks } from "@/components/change/control/triage-marks";
import type { Decision } from "@/components/change/store/changes";
import { inboxWords } from "@/components/inbox/words";
import { Badge } from "@/components/ui/badge";
import { Highlight } from "@/components/ui/highlight";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { given } from "@/lib/contact/given";
import { isOpen, type Status, statusLabel } from "@/lib/contact/status";
import { deskWords } from "@/lib/desk/wording";
import { isBlank } from "@/lib/text/visible-text";
import { roomInNarrowLists } from "../columns/cards";
import type { ShownRow } from "../row";
import { Nothing } from "./detail-cells";
import { countFitting } from "./fitting-chips";

type ContactCellProps = {
  row: ShownRow;
  href: string;
  /** The words searched for, to highlight. */
  sought: string[];
};

/** The sender and the message; its link covers the whole row. */
export function ContactCell({ row, href, sought }: ContactCellProps) {
  const [name, company] = [given(row.name), given(row.company)];
  const mark = (text: string) => (sought.length > 0 ? <Highlight text={text} sought={sought} /> : text);
  return (
    <div className="list-lines">
      <a href={href} data-row-link className="list-name">
        <bdi>{name ? mark(name) : deskWords.noName}</bdi>{" "}
        {company ? <bdi className="list-company">{mark(company)}</bdi> : null}
      </a>
      <span dir="auto" className="list-message">
        {isBlank(row.message) ? deskWords.noMessage : mark(row.message)}
      </span>
    </div>
  );
}

type ServiceCellProps = {
  row: ShownRow;
  /** For the chips, in px; in a narrow list they have the cell for themselves. */
  room: number;
};

/** The service, and a chip for each kind of document. What has no room is counted after them. */
export function ServiceCell({ row, room }: ServiceCellProps) {
  const kinds = row.documentKinds.map(({ type, failed, count }) => {
    const name = given(type) ?? inboxWords.file;
    return { type, failed, count, text: count > 1 ? `${name} ${count}` : name };
  });
  const leftAfter = (shown: number) => kinds.slice(0, shown).reduce((left, { count }) => left - count, row.documents);
  const fitInto = (width: number) =>
    countFitting(
      kinds.map(({ text }) => text),
      width,
      leftAfter(kinds.length) > 0,
    );
  const shown = fitInto(room);
  const fewer = Math.min(shown, fitInto(roomInNarrowLists));
  const service = given(row.service);
  return (
    <div className="list-lines max-md:contents">
      <span dir="auto" className={service ? "list-service" : "list-service max-md:hidden"}>
        {service ?? <Nothing />}
      </span>
      <span className="list-types">
        {kinds.slice(0, shown).map(({ type, failed, text }, at) => (
          <Badge
            key={`${type} ${failed}`}
            tone={failed ? "fail" : "neutral"}
            title={failed ? inboxWords.processingFailed(type) : type}
            className={at < fewer ? "list-type" : "list-type list-wide"}
          >
            {text}
            {failed ? <span className="sr-only"> {inboxWords.failed}</span> : null}
          </Badge>
        ))}
        <More count={leftAfter(shown)} className={fewer < shown ? "list-wide" : undefined} />
        {fewer < shown ? <More count={leftAfter(fewer)} className="list-narrow" /> : null}
      </span>
    </div>
  );
}

function More({ count, className }: { count: number; className?: string }) {
  return count > 0 ? (
    <span className={clsx("shrink-0 text-[11px] leading-[17px] text-ink-3", className)}>{`+${count}`}</span>
  ) : null;
}

/** What the menu of a row's status does. */
export type StatusChoice = { onChoose: (status: Status) => void; onDecide: (decision: Decision) => void };

type StatusCellProps = {
  row: ShownRow;
  now: Date;
  /** Null until somebody asks for the menu, which then opens by itself. */
  choice: StatusChoice | null;
};

/** The status and the other decisions, with their menu. */
export function StatusCell({ row, now, choice }: StatusCellProps) {
  const button = (
    <button
      type="button"
      aria-label={inboxWords.changeStatus(statusLabel(row.status))}
      aria-haspopup="menu"
      aria-busy={row.saving || undefined}
      className="list-status"
    >
      <StatusBadge status={row.status} className="done:text-ink-3" />
    </button>
  );
  return (
    <div className="list-lines">
      {choice ? (
        <StatusMenu status={row.status} defaultOpen {...choice}>
          {button}
        </StatusMenu>
      ) : (
        button
      )}
      {row.reason ? (
        <span className="block truncate text-[11.5px] leading-4 text-fail" title={row.reason} dir="auto">
          {row.reason}
        </span>
      ) : (
        <TriageMarks triage={row} wroteAgainAt={row.wroteAgainAt} now={now} />
      )}
    </div>
  );
}

export function AgeCell({ row, zone, now }: { row: ShownRow; zone: string; now: Date }) {
  // A contact decided on this page since then is no longer overdue. In the one-line layout the age itself shows it.
  const overdue = row.overdue && isOpen(row.status);
  const soon = !overdue && row.dueSoon && isOpen(row.status);
  return (
    <>
      <Time
        at={row.timestamp}
        zone={zone}
        now={now}
        className={clsx("list-age", overdue && "list-age-late", soon && "list-age-soon")}
      />
      {overdue ? (
        <span title={inboxWords.overdueNote} className="list-overdue">
          {inboxWords.overdue}
        </span>
      ) : null}
      {soon ? (
        <span title={inboxWords.dueSoonNote} className="list-due-soon">
          {inboxWords.dueSoon}
        </span>
      ) : null}
    </>
  );
}
