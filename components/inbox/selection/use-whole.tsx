"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState, useTransition } from "react";
import { say } from "@/components/keys/say";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { freezeContacts } from "@/lib/change/actions";
import type { Assignments } from "@/lib/change/assignments";
import type { FrozenSet } from "@/lib/change/frozen-set";
import { formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";

/** Loaded when it is first asked for: most pages are left without it. */
const BulkDialog = dynamic(() => import("@/components/change/bulk/bulk-dialog").then((loaded) => loaded.BulkDialog), {
  ssr: false,
});

export type Whole = {
  /** Everything that matched when it was selected; null while only what is on the screen can be. */
  set: FrozenSet | null;
  pending: boolean;
  freeze: () => void;
  clear: () => void;
  /** Asks whether to make a change of all of it. */
  ask: (change: Assignments) => void;
  /** The question, while it is asked. */
  dialog: ReactNode;
};

/**
 * The selection of everything that matches a filter, also what is on other pages: frozen when it is made, so that it is what the
 * person was told it is, whatever arrives or changes before they decide.
 */
export function useWhole(filter: ContactFilter, onStarted: () => void): Whole {
  const [set, setSet] = useState<FrozenSet | null>(null);
  const [asked, setAsked] = useState<Assignments | null>(null);
  const [pending, startTransition] = useTransition();
  const clear = () => {
    setSet(null);
    setAsked(null);
  };
  const freeze = () =>
    startTransition(async () => {
      const answer = await freezeContacts({ filter: String(printFilter(filter)) }).catch(() => null);
      if (!answer?.ok) return showFailure(answer?.message ?? "The desk did not answer. Try again in a moment.");
      setSet(answer.set);
      say(`${formatCount(answer.set.total)} contacts selected`);
    });
  return {
    set,
    pending,
    freeze,
    clear,
    ask: setAsked,
    dialog:
      set && asked ? (
        <BulkDialog
          set={set}
          change={asked}
          onClose={() => setAsked(null)}
          onStarted={() => {
            clear();
            onStarted();
          }}
        />
      ) : null,
  };
}
