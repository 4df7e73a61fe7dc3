"use client";
import { useActiveView } from "./views";
import { viewWords } from "./words";

/** Says that the view named in the address is gone, or that a part of it is not understood. */
export function ViewNotice() {
  const active = useActiveView();
  if (!active || (active.view && !active.view.problem)) return null;
  return (
    <p role="status" className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn">
      {active.view ? (
        <>
          <bdi>“{active.view.name}”</bdi> {viewWords.partly} <bdi className="break-words">{active.view.problem}</bdi>
        </>
      ) : (
        viewWords.gone
      )}
    </p>
  );
}
