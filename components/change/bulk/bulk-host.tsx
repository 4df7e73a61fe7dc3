"use client";
import { useState } from "react";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { useChanges } from "../store/changes";

/** Loaded with the first large change. */
const later = fetchedLater(() => import("./bulk-card"));

/**
 * The person's large changes, on every page. Mounted once, in the desk's frame.
 * @param running those in progress when the page was rendered; later ones come from the store
 */
export function BulkHost({ running }: { running: string[] }) {
  const begun = useChanges((changes) => changes.bulks);
  const [seen, setSeen] = useState<string[]>([]);
  const [closed, setClosed] = useState<string[]>([]);
  // A finished change is no longer in `running` after the next render, but its card stays until it is closed.
  const unseen = [...running, ...begun].filter((batch) => !seen.includes(batch));
  if (unseen.length > 0) setSeen([...seen, ...new Set(unseen)]);
  const shown = seen.filter((batch) => !closed.includes(batch));
  const parts = useFetched(later, shown.length > 0, () => undefined);
  if (shown.length === 0 || !parts) return null;
  return (
    <div className="fixed bottom-4 left-[228px] z-30 flex flex-col gap-2 max-md:bottom-16 max-md:left-4">
      {shown.map((batch) => (
        <parts.BulkCard key={batch} batch={batch} onClose={() => setClosed((old) => [...old, batch])} />
      ))}
    </div>
  );
}
