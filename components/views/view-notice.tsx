"use client";
import { useActiveView } from "./views";

/** What is not as the view that the address names would have it. */
export function ViewNotice() {
  const active = useActiveView();
  if (!active || (active.view && !active.view.problem)) return null;
  return (
    <p role="status" className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">
      {active.view ? (
        <>
          <bdi>“{active.view.name}”</bdi> is not shown wholly: <bdi className="break-words">{active.view.problem}</bdi>{" "}
          is not understood any more.
        </>
      ) : (
        "The view that this address names is gone or not shared with you. The filter is as it was."
      )}
    </p>
  );
}
