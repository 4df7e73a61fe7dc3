"use client";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useRef } from "react";
import { forgetArrivals, updateNews } from "./news";
import { openStream } from "./stream";

type Shown = {
  /** The list on the screen: its address, which is the same for the same rows, and its filter as printed there. */
  list: { listHref: string; filter: string } | null;
  /** The open contact. */
  contact: string | null;
  /** When the server read them. */
  now: Date;
  /** Reloads them; without it, the page is reloaded. */
  reload?: () => void;
};

/** Listens for changes to what is on the screen, while mounted. Use it once per page. */
export function useStream({ list, contact, now, reload }: Shown): void {
  const router = useRouter();
  const last = useRef<{ listHref: string; after: number | null } | null>(null);
  const listHref = list?.listHref ?? null;
  const open = useEffectEvent((listHref: string | null, contact: string | null) => {
    // If only the open contact changes and the list stays, the stream continues after the last event received.
    const same = listHref !== null && last.current?.listHref === listHref ? last.current : null;
    if (!same) forgetArrivals();
    updateNews({ viewed: contact, present: [] });
    const request = { list: list?.filter ?? null, contact, since: now.getTime(), after: same?.after ?? null };
    return openStream(request, reload ?? (() => startTransition(() => router.refresh())));
  });
  useEffect(() => {
    const stream = open(listHref, contact);
    return () => {
      last.current = listHref === null ? null : { listHref, after: stream.after() };
      stream.close();
    };
  }, [listHref, contact]);
}
