"use client";
import type { ReactNode } from "react";
import { KeyHint } from "@/components/keys/key-hint";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/menu/menu";
import { StatusMark } from "@/components/ui/status-badge";
import { isStatus, type Status, statuses, statusOrder } from "@/lib/contact/status";
import { deskWords } from "@/lib/desk/wording";
import { decisionCommands } from "../decide/decisions";
import type { Decision } from "../store/changes";
import { changeWords } from "../words";

type StatusMenuProps = {
  /** The current status of a single contact; a selection has none. */
  status?: string | null;
  onChoose: (status: Status) => void;
  /** If set, the other decisions are listed below, because there is no room for separate buttons. */
  onDecide?: (decision: Decision) => void;
  /** The button that opens it. */
  children: ReactNode;
  side?: "top" | "bottom";
  defaultOpen?: boolean;
};

/** The six statuses with their keys. */
export function StatusMenu({ status, onChoose, onDecide, children, side = "bottom", defaultOpen }: StatusMenuProps) {
  return (
    <Menu defaultOpen={defaultOpen}>
      <MenuTrigger asChild>{children}</MenuTrigger>
      <MenuContent side={side} align="start" aria-label={changeWords.setStatus}>
        <MenuRadioGroup value={status ?? ""} onValueChange={(chosen) => isStatus(chosen) && onChoose(chosen)}>
          {statusOrder.map((each) => (
            <MenuRadioItem key={each} value={each}>
              <StatusMark status={each} />
              {statuses[each].label}
              <span className="ml-auto pl-4">
                <KeyHint command={each} />
              </span>
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
        {onDecide ? (
          <>
            <MenuSeparator />
            <DecisionItem decision="assign" onDecide={onDecide}>
              Assign…
            </DecisionItem>
            <DecisionItem decision="snooze" onDecide={onDecide}>
              Snooze…
            </DecisionItem>
            <SeldomDecisions onDecide={onDecide} />
          </>
        ) : null}
      </MenuContent>
    </Menu>
  );
}

type DecisionMenuProps = {
  onDecide: (decision: Decision) => void;
  /** The button that opens it. */
  children: ReactNode;
  side?: "top" | "bottom";
  /** Whether it is about many contacts, which cannot be marked as duplicates. */
  many?: boolean;
};

/** The less frequent decisions. */
export function DecisionMenu({ onDecide, children, side = "bottom", many }: DecisionMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>{children}</MenuTrigger>
      <MenuContent side={side} align="start" aria-label={deskWords.moreActions}>
        <SeldomDecisions onDecide={onDecide} many={many} />
      </MenuContent>
    </Menu>
  );
}

function SeldomDecisions({ onDecide, many }: Pick<DecisionMenuProps, "onDecide" | "many">) {
  return (
    <>
      <DecisionItem decision="spam" onDecide={onDecide}>
        {changeWords.spamWithReason}
      </DecisionItem>
      {many ? null : (
        <DecisionItem decision="duplicate" onDecide={onDecide}>
          {changeWords.duplicateOf}
        </DecisionItem>
      )}
    </>
  );
}

type DecisionItemProps = { decision: Decision; onDecide: (decision: Decision) => void; children: string };

function DecisionItem({ decision, onDecide, children }: DecisionItemProps) {
  return (
    <MenuItem onSelect={() => onDecide(decision)}>
      {children}
      <span className="ml-auto pl-4">
        <KeyHint command={decisionCommands[decision]} />
      </span>
    </MenuItem>
  );
}
