import { useLayoutEffect, useState } from "react";
import { type Status, statusOrder } from "@/lib/contact/status";
import { type CommandId, type KeyScope, keyScopes } from "./commands";

/** Gives what a command would do now; null if it cannot run. */
export type Offer = () => (() => unknown) | null;

export type Offers = Partial<Record<CommandId, Offer>>;

type Obeying = { scope: KeyScope; offers: Offers; about: string | null };

const obeying = new Map<object, Obeying>();

/**
 * Handles commands while the component is mounted.
 * @param about what they act on, as shown in the palette: "Mara Lindqvist", "4 contacts"
 */
export function useCommands(scope: KeyScope, offers: Offers, about: string | null = null): void {
  const [token] = useState(() => ({}));
  // After every render, so that the offers match the screen. The order of components within a scope stays.
  useLayoutEffect(() => {
    obeying.set(token, { scope, offers, about });
  });
  useLayoutEffect(() => () => void obeying.delete(token), [token]);
}

/** An offer that can run while a condition holds. */
export function when(condition: unknown, act: () => unknown): Offer {
  return () => (condition ? act : null);
}

/** An offer for each status, which can run while a condition holds. */
export function offerStatuses(condition: unknown, set: (status: Status) => unknown): Offers {
  return Object.fromEntries(statusOrder.map((status) => [status, when(condition, () => set(status))]));
}

export type Offered = { act: () => unknown; about: string | null };

/**
 * What a command would do now: from the first scope that offers it, and within that scope from the latest component.
 */
export function findOffered(id: CommandId): Offered | null {
  for (const scope of keyScopes) {
    for (const each of [...obeying.values()].reverse()) {
      const act = each.scope === scope ? each.offers[id]?.() : null;
      if (act) return { act, about: each.about };
    }
  }
  return null;
}

/** Runs a command as its key would, for buttons; false if nothing offers it. */
export function obey(id: CommandId): boolean {
  const offered = findOffered(id);
  offered?.act();
  return offered !== null;
}
