"use client";
import { type ReactNode, useState, useTransition } from "react";
import { inboxWords } from "@/components/inbox/words";
import { say } from "@/components/keys/say";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { freezeContacts } from "@/lib/change/actions";
import type { Assignments } from "@/lib/change/assignments";
import type { FrozenSet } from "@/lib/change/frozen-set";
import { countOf, deskWords } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/url";

/** Loaded when first needed, because most pages never need it. */
const later = fetchedLater(() => import("@/components/change/bulk/bulk-dialog"));

export type Whole = {
  /** Everything that matched when it was selected; null if only contacts on the screen are selected. */
  set: FrozenSet | null;
  pending: boolean;
  freeze: () => void;
  clear: () => void;
  /** Asks whether to make a change to all of it. */
  ask: (change: Assignments) => void;
  /** The open question. */
  dialog: ReactNode;
};

/**
 * The selection of everything that matches a filter, including other pages. It is frozen when it is made. So it stays
 * what the person was shown, whatever arrives or changes before they decide.
 */
export function useWhole(filter: ContactFilter, onStarted: () => void): Whole {
  const [set, setSet] = useState<FrozenSet | null>(null);
  const [asked, setAsked] = useState<Assignments | null>(null);
  const [pending, startTransition] = useTransition();
  const parts = useFetched(later, asked !== null, () => {
    setAsked(null);
    showFailure(deskWords.notLoaded);
  });
  const clear = () => {
    setSet(null);
    setAsked(null);
  };
  const freeze = () =>
    startTransition(async () => {
      const answer = await freezeContacts({ filter: String(printFilter(filter)) }).catch(() => null);
      if (!answer?.ok) return showFailure(answer?.message ?? deskWords.unreachable);
      setSet(answer.set);
      say(inboxWords.selected(countOf(answer.set.total, "contact")));
    });
  return {
    set,
    pending,
    freeze,
    clear,
    ask: setAsked,
    dialog:
      set && asked && parts ? (
        <parts.BulkDialog
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
