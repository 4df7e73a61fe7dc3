"use client";
import { useEffect, useRef } from "react";
import { pressedKey } from "@/components/ui/pressed-key";
import { printCount } from "@/lib/desk/count";
import type { Completion } from "@/lib/filter/query/completion";
import { queryWords } from "./words";

type QueryOptionsProps = {
  id: string;
  options: Completion[];
  active: number | null;
  onTake: (index: number) => void;
};

/** The suggestions below the query bar; the focus stays in the input. */
export function QueryOptions({ id, options, active, onTake }: QueryOptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active !== null) list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={queryWords.suggestions}
      className="absolute top-full left-0 z-30 mt-2.5 max-h-80 w-110 max-w-full min-w-60 overflow-y-auto max-md:mt-1 max-md:w-full rounded-lg border border-line bg-panel p-1 shadow-lift"
    >
      {options.map(({ text, label, count, exact = true }, index) => (
        <div
          key={text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
          onKeyDown={(event) => {
            if (pressedKey(event) === "Enter") onTake(index);
          }}
          className="flex h-7 cursor-pointer items-center gap-2 rounded-[5px] px-2 hover:bg-hover aria-selected:bg-selected max-md:h-10"
        >
          <bdi className="max-w-[60%] truncate font-medium text-ink">{text}</bdi>
          <bdi className="truncate text-ink-3">{label}</bdi>
          {count === null ? null : (
            <span className="ml-auto pl-2 text-ink-3 tabular-nums">{printCount({ count, exact })}</span>
          )}
        </div>
      ))}
    </div>
  );
}
