import { Suspense } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { listHints } from "@/lib/health/hints";
import type { Health } from "@/lib/health/start";
import { databaseWords } from "./words";

/** What the page could also show, each with the statement to run. */
export function Hints({ access, statistics }: Pick<Health, "access" | "statistics">) {
  return (
    <Suspense>
      <HintList access={access} statistics={statistics} />
    </Suspense>
  );
}

async function HintList({ access, statistics }: Pick<Health, "access" | "statistics">) {
  const [loaded, { state }] = await Promise.all([access, statistics]);
  const hints = loaded.ok ? listHints(loaded.value, state) : [];
  if (hints.length === 0) return null;
  return (
    <section aria-label={databaseWords.seeMore} className="border-b border-line bg-sunk px-5 py-3 max-md:px-4">
      <h2>{databaseWords.seeMore}</h2>
      <p className="text-xs text-ink-3">{databaseWords.seeMoreNote}</p>
      <ul className="mt-1.5 flex flex-col gap-2">
        {hints.map(({ words, line }) => (
          <li key={words} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-ink-2">{words}</span>
            {line ? (
              <span className="inline-flex max-w-full items-center gap-1">
                <code className="rounded-[5px] border border-line bg-panel px-1.5 text-xs leading-5 [overflow-wrap:anywhere]">
                  {line}
                </code>
                <CopyButton text={line} label={databaseWords.copy(line)} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
