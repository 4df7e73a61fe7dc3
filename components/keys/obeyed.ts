import { useLayoutEffect, useState } from "react";
import { type Status, statusOrder } from "@/lib/contact/status";
import { type CommandId, type KeyScope, keyScopes } from "./commands";

/** What obeying a command would do at this moment; null when there is nothing that it could do. */
export type Offer = () => (() => unknown) | null;

export type Offers = Partial<Record<CommandId, Offer>>;

type Obeying = { scope: KeyScope; offers: Offers; about: string | null };

const obeying = new Map<object, Obeying>();

/**
 * Obeys commands for as long as the component is there.
 * @param about what they act on, as the palette says it: "Mara Lindqvist", "4 contacts"
 */
export function useCommands(scope: KeyScope, offers: Offers, about: string | null = null): void {
  const [token] = useState(() => ({}));
  // After every render, so that what is offered is what is on the screen; the order among equals stays.
  useLayoutEffect(() => {
    obeying.set(token, { scope, offers, about });
  });
  useLayoutEffect(() => () => void obeying.delete(token), [token]);
}

/** An offer that holds while a condition does. */
export function when(condition: unknown, act: () => unknown): Offer {
  return () => (condition ? act : null);
}

/** An offer for each status, which holds while a condition does. */
export function offerStatuses(condition: unknown, set: (status: Status) => unknown): Offers {
  return Object.fromEntries(statusOrder.map((status) => [status, when(condition, () => set(status))]));
}

export type Offered = { act: () => unknown; about: string | null };

/** What a command would do now: the scope closest to the hand that can do it, and in it what came last. */
export function findOffered(id: CommandId): Offered | null {
  for (const scope of keyScopes) {
    for (const each of [...obeying.values()].reverse()) {
      const act = each.scope === scope ? each.offers[id]?.() : null;
      if (act) return { act, about: each.about };
    }
  }
  return null;
}

/** Does what the command's key would do; false when there is nothing. For buttons that do the same as a key. */
export function obey(id: CommandId): boolean {
  const offered = findOffered(id);
  offered?.act();
  return offered !== null;
}
