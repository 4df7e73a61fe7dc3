"use client";
import { Ellipsis } from "lucide-react";
import { useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
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
import { ConfirmContent } from "./confirm-content";
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
    send(() => setRole({ id, role: to }), `${name} now has the role ${roleLooks[to].label.toLowerCase()}.`);
  const chooseRole = (to: Role) => {
    if (own) next.current = { kind: "own role", role: to };
    else changeRole(to);
  };

  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button ref={trigger} look="quiet" size="icon" aria-label={`Actions for ${name}`} disabled={pending}>
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
          <MenuLabel>Role</MenuLabel>
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
              onSelect={() =>
                send(
                  () => setRoleFromProvider({ id }),
                  `${name} has the role that ${provider.name} says, from the next sign-in.`,
                )
              }
            >
              Role from {provider.name}
            </MenuItem>
          ) : null}
          <MenuSeparator />
          {provider && linked && !own ? (
            <MenuItem
              onSelect={() => {
                next.current = { kind: "unlink" };
              }}
            >
              Unlink from {provider.name}…
            </MenuItem>
          ) : null}
          {hasFactor && !own ? (
            <MenuItem
              onSelect={() => {
                next.current = { kind: "factor" };
              }}
            >
              Reset second step…
            </MenuItem>
          ) : null}
          {own ? null : (
            <MenuItem
              onSelect={() => {
                next.current = { kind: "reset" };
              }}
            >
              Reset password…
            </MenuItem>
          )}
          {disabled ? (
            <MenuItem onSelect={() => send(() => setDisabled({ id, disabled: false }), `${name} can sign in again.`)}>
              Enable
            </MenuItem>
          ) : (
            <MenuItem
              className="text-fail data-[highlighted]:text-fail"
              onSelect={() => {
                next.current = { kind: "disable" };
              }}
            >
              Disable…
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      <Dialog open={question !== null} onOpenChange={(open) => (open ? undefined : close())}>
        {question?.kind === "reset" ? <ResetPasswordContent person={person} onDone={close} /> : null}
        {question?.kind === "disable" ? (
          <DisableContent
            person={person}
            title={own ? "Disable yourself?" : `Disable ${name}?`}
            effect={`${own ? "You are" : `${name} is`} signed out at once and cannot sign in until an admin enables ${own ? "you" : "them"} again. What ${own ? "you" : "they"} did stays in the history.`}
            onConfirm={(to) =>
              send(async () => {
                // Disabling oneself ends one's own session, so one's contacts are handed over before.
                if (own && to !== undefined) await handOverContacts(id, to);
                const result = await setDisabled({ id, disabled: true });
                if (!own && result.ok && to !== undefined) await handOverContacts(id, to);
                return result;
              }, `${name} is disabled.`)
            }
          />
        ) : null}
        {question?.kind === "factor" ? (
          <ConfirmContent
            title={`Reset the second step of ${name}?`}
            effect="They are signed out, and their password alone lets them in until they set it up again. Be sure that it is them who asks."
            confirm="Reset it"
            onConfirm={() => send(() => resetSecondFactor({ id }), `The second step of ${name} is reset.`)}
          />
        ) : null}
        {question?.kind === "unlink" ? (
          <ConfirmContent
            title={`Unlink ${name} from ${provider?.name}?`}
            effect="They are signed out. At their next sign-in there they show with their password of the desk that it is them."
            confirm="Unlink"
            onConfirm={() => send(() => unlinkProvider({ id }), `${name} is unlinked.`)}
          />
        ) : null}
        {question?.kind === "own role" ? (
          <ConfirmContent
            title="Change your own role?"
            effect={`You are signed out and come back as ${roleLooks[question.role].label.toLowerCase()}. Only another admin can give you this role again.`}
            confirm="Change my role"
            onConfirm={() => changeRole(question.role)}
          />
        ) : null}
      </Dialog>
    </>
  );
}
