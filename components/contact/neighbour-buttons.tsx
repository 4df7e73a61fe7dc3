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
import type { Beside } from "@/lib/filter/url";
import { findNeighbourHref } from "@/lib/list/actions";

type NeighbourButtonsProps = {
  id: string;
  /** The address of the list that the person came from. */
  list: string;
  /** The same as a printed filter, and what goes along with it. */
  filter: string;
  beside: Beside;
  /** Where the contact stands in the list's order, null where it is gone. The page does not wait for it. */
  position: Promise<Loaded<string | null>>;
};

type Direction = "next" | "previous";

const ends: Record<Direction, string> = {
  next: "This is the last contact of the list.",
  previous: "This is the first contact of the list.",
};

/** On to the next contact of the list one came from, or back to the one before, by button and by key. */
export function NeighbourButtons({ id, list, filter, beside, position }: NeighbourButtonsProps) {
  const router = useRouter();
  // Kept from when the contact was opened: what is decided here may move it, and the hand goes on where it was.
  const [opened] = useState(position);
  const [end, setEnd] = useState<Direction | null>(null);
  const [pending, startTransition] = useTransition();
  // Who goes back to the list goes on from here.
  useEffect(() => rememberRow(list, id), [list, id]);

  function go(direction: Direction) {
    if (pending) return;
    setEnd(null);
    startTransition(async () => {
      const from = await opened;
      const answer = from.ok
        ? await findNeighbourHref({ filter, beside, position: from.value, direction }).catch(() => null)
        : from;
      if (!answer?.ok) return showFailure(answer?.message ?? "The desk does not answer. Try again.");
      if (answer.value === null) setEnd(direction);
      else router.push(answer.value);
    });
  }
  useCommands("contact", { next: when(!pending, () => go("next")), previous: when(!pending, () => go("previous")) });

  return (
    <>
      <p role="status" className="ml-auto text-ink-3 max-md:order-last max-md:ml-0 max-md:w-full max-md:empty:hidden">
        {end === null ? null : ends[end]}
      </p>
      <span className="flex items-center gap-1.5 max-md:ml-auto" aria-busy={pending}>
        {/* Never disabled: the focus would be lost with it, and the list may have grown since it ended. */}
        <Button aria-disabled={pending} onClick={() => go("previous")}>
          <ChevronLeft size={14} aria-hidden="true" />
          Previous <KeyHint command="previous" bare />
        </Button>
        <Button aria-disabled={pending} onClick={() => go("next")}>
          Next <KeyHint command="next" bare />
          <ChevronRight size={14} aria-hidden="true" />
        </Button>
      </span>
    </>
  );
}
