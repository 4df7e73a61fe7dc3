import { useOptimistic, useTransition } from "react";
import { prefer } from "@/components/desk/prefer";
import type { Preferences } from "@/lib/staff/preferences";

/** A preference's value, and a function to change it. A change shows at once, and is reverted if it cannot be saved. */
export function usePreference<Name extends keyof Preferences>(
  name: Name,
  value: Preferences[Name],
): [Preferences[Name], (next: Preferences[Name]) => void] {
  const [chosen, choose] = useOptimistic(value);
  const [, start] = useTransition();
  const change = (next: Preferences[Name]) =>
    start(async () => {
      choose(next);
      await prefer({ [name]: next });
    });
  return [chosen, change];
}
