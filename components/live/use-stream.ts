"use client";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useRef } from "react";
import { forgetArrivals, updateNews } from "./news";
import { openStream } from "./stream";

type Shown = {
  /** The list on the screen: its address, which is the same for the same rows, and its filter as printed there. */
  list: { scope: string; filter: string } | null;
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
  const last = useRef<{ scope: string; after: number | null } | null>(null);
  const scope = list?.scope ?? null;
  const open = useEffectEvent((scope: string | null, contact: string | null) => {
    // If only the open contact changes and the list stays, the stream continues after the last event received.
    const same = scope !== null && last.current?.scope === scope ? last.current : null;
    if (!same) forgetArrivals();
    updateNews({ viewed: contact, viewers: [] });
    const request = { list: list?.filter ?? null, contact, since: now.getTime(), after: same?.after ?? null };
    return openStream(request, reload ?? (() => startTransition(() => router.refresh())));
  });
  useEffect(() => {
    const stream = open(scope, contact);
    return () => {
      last.current = scope === null ? null : { scope, after: stream.after() };
      stream.close();
    };
  }, [scope, contact]);
}
