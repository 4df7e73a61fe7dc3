"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { rememberRow } from "@/components/inbox/list/use-list-position";
import { KeyHint } from "@/components/keys/key-hint";
import { useCommands, when } from "@/components/keys/obeyed";
import { Button } from "@/components/ui/button";
import { showFailure } from "@/components/ui/toast/action-toasts";
import type { Loaded } from "@/lib/desk/load";
import { deskWords } from "@/lib/desk/wording";
import type { Beside } from "@/lib/filter/url";
import { findNeighbourHref } from "@/lib/list/actions";
import { contactWords } from "./words";

type NeighbourButtonsProps = {
  id: string;
  /** The address of the list the person came from. */
  list: string;
  /** The list's filter as printed, and what the address keeps besides it. */
  filter: string;
  beside: Beside;
  /** The contact's position in the list's order; null if it is gone. The page does not wait for it. */
  position: Promise<Loaded<string | null>>;
};

type Direction = "next" | "previous";

/** Leads to the next or the previous contact of the list the person came from, by button or key. */
export function NeighbourButtons({ id, list, filter, beside, position }: NeighbourButtonsProps) {
  const router = useRouter();
  // The position when the contact was opened. A decision may move the contact, but the person goes on from here.
  const [opened] = useState(position);
  const [end, setEnd] = useState<Direction | null>(null);
  const [pending, startTransition] = useTransition();
  // Going back to the list continues from this contact.
  useEffect(() => rememberRow(list, id), [list, id]);

  function go(direction: Direction) {
    if (pending) return;
    setEnd(null);
    startTransition(async () => {
      const from = await opened;
      const answer = from.ok
        ? await findNeighbourHref({ filter, beside, position: from.value, direction }).catch(() => null)
        : from;
      if (!answer?.ok) return showFailure(answer?.message ?? deskWords.unreachable);
      // With `pending`, which would still ignore a key pressed when the end is already shown.
      if (answer.value === null) startTransition(() => setEnd(direction));
      else router.push(answer.value);
    });
  }
  useCommands("contact", { next: when(!pending, () => go("next")), previous: when(!pending, () => go("previous")) });

  return (
    <>
      <p role="status" className="ml-auto text-ink-3 max-md:order-last max-md:ml-0 max-md:w-full max-md:empty:hidden">
        {end === null ? null : contactWords.atEnd[end]}
      </p>
      <span className="flex items-center gap-1.5 max-md:ml-auto" aria-busy={pending}>
        {/* Never disabled: that would lose the focus, and the list may have grown since it ended. */}
        <Button aria-disabled={pending} onClick={() => go("previous")}>
          <ChevronLeft size={14} aria-hidden="true" />
          {contactWords.previous} <KeyHint command="previous" bare />
        </Button>
        <Button aria-disabled={pending} onClick={() => go("next")}>
          {contactWords.next} <KeyHint command="next" bare />
          <ChevronRight size={14} aria-hidden="true" />
        </Button>
      </span>
    </>
  );
}
