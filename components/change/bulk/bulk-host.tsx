"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useChanges } from "../store/changes";

/** Loaded with the first large change. */
const BulkCard = dynamic(() => import("./bulk-card").then((loaded) => loaded.BulkCard), { ssr: false });

/**
 * Once in the desk's frame: the person's large changes, wherever they go meanwhile.
 * @param running those that were under way when the page was rendered; the ones begun here since come from the store
 */
export function BulkHost({ running }: { running: string[] }) {
  const begun = useChanges((changes) => changes.bulks);
  const [seen, setSeen] = useState<string[]>([]);
  const [closed, setClosed] = useState<string[]>([]);
  // What has ended is not under way any more when the page is rendered anew, and stays until it is closed all the same.
  const unseen = [...running, ...begun].filter((batch) => !seen.includes(batch));
  if (unseen.length > 0) setSeen([...seen, ...new Set(unseen)]);
  const shown = seen.filter((batch) => !closed.includes(batch));
  if (shown.length === 0) return null;
  return (
    <div className="fixed bottom-4 left-[228px] z-30 flex flex-col gap-2 max-md:bottom-16 max-md:left-4">
      {shown.map((batch) => (
        <BulkCard key={batch} batch={batch} onClose={() => setClosed((old) => [...old, batch])} />
      ))}
    </div>
  );
}
