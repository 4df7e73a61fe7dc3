import { Fragment } from "react";
import { findMatches } from "@/lib/filter/matches";

/** A text with the matches of a search highlighted. It is always rendered as text, never as HTML. */
export function Highlight({ text, sought }: { text: string; sought: string[] }) {
  const matches = sought.length > 0 ? findMatches(text, sought) : [];
  if (matches.length === 0) return text;
  return (
    <>
      {matches.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(matches[index - 1]?.end ?? 0, start)}
          <mark className="rounded-[2px] bg-warn-soft text-inherit underline decoration-warn decoration-1 underline-offset-2">
            {text.slice(start, end)}
          </mark>
        </Fragment>
      ))}
      {text.slice(matches.at(-1)?.end ?? 0)}
    </>
  );
}
