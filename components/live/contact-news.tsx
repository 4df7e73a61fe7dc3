"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { nameIn, useDesk } from "@/components/desk/desk";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { joinWords } from "@/lib/desk/wording";
import { describeLiveChange } from "./describe";
import { useNews } from "./news";

type ContactNewsProps = {
  id: string;
  /** The id of the latest history row that is shown; 0 without one. */
  latest: number;
  /** Reloads the contact; without it, the page is reloaded. */
  show?: () => Promise<void>;
};

/**
 * Who else has the contact open, and what somebody else has just done to it. It lies over the end of the visible part,
 * so that nothing moves. The change is shown only when asked for, so that typed text stays.
 */
export function ContactNews({ id, latest, show }: ContactNewsProps) {
  const desk = useDesk();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const present = useNews((news) => (news.viewed === id ? news.present : null)) ?? [];
  const changes = useNews((news) => news.changes.get(id)) ?? [];
  const unseen = changes.filter((change) => change.id > latest && change.actorId !== desk.me);
  const newest = unseen.at(-1);
  const names = present.map((staffId) => nameIn(desk, staffId));
  const change = newest ? describeLiveChange(newest, desk) : null;
  return (
    <div role="status" className="pointer-events-none sticky bottom-3 z-10 mt-3 empty:hidden">
      {names.length > 0 || change ? (
        <div className="pointer-events-auto flex flex-col gap-1.5 rounded-[10px] border border-line bg-panel px-3 py-2 shadow-lift">
          {names.length > 0 ? (
            <p className="flex items-center gap-2 text-ink-2">
              {names.slice(0, 3).map((name) => (
                <Avatar key={name} name={name} />
              ))}
              <span className="min-w-0 wrap-anywhere">
                <bdi>{joinWords(names)}</bdi> {names.length === 1 ? "is" : "are"} looking at this too
              </span>
            </p>
          ) : null}
          {change ? (
            <p className="flex items-center gap-2">
              <span className="min-w-0 flex-1 wrap-anywhere">
                <bdi className="font-medium">{change.who}</bdi> <bdi>{change.what}</bdi>{" "}
                <span className="text-ink-3">just now{unseen.length > 1 ? `, and ${unseen.length - 1} more` : ""}</span>
              </span>
              <Button
                size="small"
                aria-busy={pending}
                onClick={() => startTransition(show ?? (() => router.refresh()))}
              >
                Show
              </Button>
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
