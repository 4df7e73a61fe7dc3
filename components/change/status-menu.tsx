"use client";
import type { ReactNode } from "react";
import { KeyHint } from "@/components/keys/key-hint";
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from "@/components/ui/menu";
import { StatusMark } from "@/components/ui/status-badge";
import { isStatus, type Status, statuses, statusOrder } from "@/lib/contact/status";

type StatusMenuProps = {
  /** The status now, where it is one contact's; a selection has none. */
  status?: string | null;
  onChoose: (status: Status) => void;
  /** The button that opens it. */
  children: ReactNode;
  side?: "top" | "bottom";
  defaultOpen?: boolean;
};

/** The six statuses with their keys. */
export function StatusMenu({ status, onChoose, children, side = "bottom", defaultOpen }: StatusMenuProps) {
  return (
    <Menu defaultOpen={defaultOpen}>
      <MenuTrigger asChild>{children}</MenuTrigger>
      <MenuContent side={side} align="start" aria-label="Set status">
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
      </MenuContent>
    </Menu>
  );
}
