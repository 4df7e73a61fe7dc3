"use client";
import { Ellipsis } from "lucide-react";
import { useRef, useState, useTransition } from "react";
import { staffWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { ConfirmContent } from "@/components/ui/dialog/confirm-content";
import { Dialog } from "@/components/ui/dialog/dialog";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/menu/menu";
import { toast } from "@/components/ui/toast/toast";
import { setDisabled, setRole, setRoleFromProvider, unlinkProvider } from "@/lib/staff/actions";
import type { ChangeResult } from "@/lib/staff/change-result";
import { resetSecondFactor } from "@/lib/staff/factor/actions";
import { type Role, roleLooks, roles } from "@/lib/staff/staff";
import { DisableContent } from "./disable-content";
import { handOverContacts } from "./hand-over-contacts";
import { ResetPasswordContent } from "./reset-password-content";

type StaffMenuProps = {
  person: {
    id: string;
    name: string;
    role: Role;
    disabled: boolean;
    assigned: number;
    linked: boolean;
    roleFromProvider: boolean;
    roleRefused: boolean;
    hasFactor: boolean;
  };
  own: boolean;
  provider: { name: string; givesRoles: boolean } | null;
};

type Question =
  | { kind: "reset" }
  | { kind: "unlink" }
  | { kind: "factor" }
  | { kind: "disable" }
  | { kind: "own role"; role: Role };

/** An admin's actions for one person. It asks before an action that locks somebody out, or signs out the admin. */
export function StaffMenu({ person, own, provider }: StaffMenuProps) {
  const { id, name, role, disabled, linked, roleFromProvider, roleRefused, hasFactor } = person;
  const [question, ask] = useState<Question | null>(null);
  // A dialog opens only after the menu has returned the focus, so that closing the dialog returns it there.
  const next = useRef<Question | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  // The dialog has no trigger of its own to return the focus to.
  const close = () => {
    ask(null);
    requestAnimationFrame(() => trigger.current?.focus());
  };
  const [pending, start] = useTransition();

  const send = (change: () => Promise<ChangeResult>, said: string) =>
    start(async () => {
      ask(null);
      const result = await change();
      if (result.ok) toast.success(said);
      else toast.error(result.message);
    });
  const changeRole = (to: Role) =>
    send(() => setRole({ id, role: to }), staffWords.roleChanged(name, roleLooks[to].label.toLowerCase()));
  const chooseRole = (to: Role) => {
    if (own) next.current = { kind: "own role", role: to };
    else changeRole(to);
  };

  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button ref={trigger} look="quiet" size="icon" aria-label={staffWords.actionsFor(name)} disabled={pending}>
            <Ellipsis size={16} aria-hidden="true" />
          </Button>
        </MenuTrigger>
        <MenuContent
          align="end"
          onCloseAutoFocus={() => {
            ask(next.current);
            next.current = null;
          }}
        >
          <MenuLabel>{staffWords.role}</MenuLabel>
          <MenuRadioGroup value={role} onValueChange={(to) => chooseRole(to as Role)}>
            {roles.map((each) => (
              <MenuRadioItem key={each} value={each} disabled={each === role && !roleFromProvider && !roleRefused}>
                <span className="w-16">{roleLooks[each].label}</span>
                <span className="text-xs font-normal text-ink-3">{roleLooks[each].purpose}</span>
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
          {provider?.givesRoles && linked && !roleFromProvider ? (
            <MenuItem
              onSelect={() => send(() => setRoleFromProvider({ id }), staffWords.roleWillFollow(name, provider.name))}
            >
              {staffWords.roleFrom(provider.name)}
            </MenuItem>
          ) : null}
          <MenuSeparator />
          {provider && linked && !own ? (
            <MenuItem
              onSelect={() => {
                next.current = { kind: "unlink" };
              }}
            >
              {staffWords.unlinkAsk(provider.name)}
            </MenuItem>
          ) : null}
          {hasFactor && !own ? (
            <MenuItem
              onSelect={() => {
                next.current = { kind: "factor" };
              }}
            >
              {staffWords.resetFactor}
            </MenuItem>
          ) : null}
          {own ? null : (
            <MenuItem
              onSelect={() => {
                next.current = { kind: "reset" };
              }}
            >
              {staffWords.resetPasswordAsk}
            </MenuItem>
          )}
          {disabled ? (
            <MenuItem onSelect={() => send(() => setDisabled({ id, disabled: false }), staffWords.enabled(name))}>
              {staffWords.enable}
            </MenuItem>
          ) : (
            <MenuItem
              className="text-fail data-[highlighted]:text-fail"
              onSelect={() => {
                next.current = { kind: "disable" };
              }}
            >
              {staffWords.disableAsk}
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      <Dialog open={question !== null} onOpenChange={(open) => (open ? undefined : close())}>
        {question?.kind === "reset" ? <ResetPasswordContent person={person} onDone={close} /> : null}
        {question?.kind === "disable" ? (
          <DisableContent
            person={person}
            title={own ? staffWords.disableOwnTitle : staffWords.disableTitle(name)}
            effect={own ? staffWords.disableOwnNote : staffWords.disableNote(name)}
            onConfirm={(to) =>
              send(async () => {
                // Disabling oneself ends one's own session, so one's contacts are handed over before.
                if (own && to !== undefined) await handOverContacts(id, to);
                const result = await setDisabled({ id, disabled: true });
                if (!own && result.ok && to !== undefined) await handOverContacts(id, to);
                return result;
              }, staffWords.wasDisabled(name))
            }
          />
        ) : null}
        {question?.kind === "factor" ? (
          <ConfirmContent
            title={staffWords.resetFactorTitle(name)}
            effect={staffWords.resetFactorNote}
            confirm={staffWords.resetFactorConfirm}
            onConfirm={() => send(() => resetSecondFactor({ id }), staffWords.factorReset(name))}
          />
        ) : null}
        {question?.kind === "unlink" ? (
          <ConfirmContent
            title={staffWords.unlinkTitle(name, provider?.name)}
            effect={staffWords.unlinkNote}
            confirm={staffWords.unlink}
            onConfirm={() => send(() => unlinkProvider({ id }), staffWords.unlinked(name))}
          />
        ) : null}
        {question?.kind === "own role" ? (
          <ConfirmContent
            title={staffWords.ownRoleTitle}
            effect={staffWords.ownRoleNote(roleLooks[question.role].label.toLowerCase())}
            confirm={staffWords.ownRoleConfirm}
            onConfirm={() => changeRole(question.role)}
          />
        ) : null}
      </Dialog>
    </>
  );
}
