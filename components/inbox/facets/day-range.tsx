"use client";
import { useRef, useState } from "react";
import { useTypedEarly } from "@/components/ui/form/use-typed-early";
import { useNavigation } from "@/components/views/navigation";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref, isDay } from "@/lib/filter/url";

/** Filters by the days on which contacts were sent, in the desk's zone. Remount it when the filter's days change. */
export function DayRange({ filter }: { filter: ContactFilter }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-[11.5px] font-semibold text-ink-2">Sent</legend>
      <Day filter={filter} end="from" label="From" />
      <Day filter={filter} end="to" label="To" />
    </fieldset>
  );
}

function Day({ filter, end, label }: { filter: ContactFilter; end: "from" | "to"; label: string }) {
  const { go } = useNavigation();
  const [day, setDay] = useState(filter[end] ?? "");
  const typing = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  useTypedEarly(field, day);
  const commit = (value: string) => {
    const chosen = isDay(value) ? value : null;
    if (chosen !== filter[end]) go(contactsHref({ ...filter, [end]: chosen }));
  };
  return (
    <label className="flex items-center gap-2 text-ink-2">
      <span className="w-8">{label}</span>
      <input
        ref={field}
        type="date"
        value={day}
        min={end === "to" ? (filter.from ?? undefined) : undefined}
        max={end === "from" ? (filter.to ?? undefined) : undefined}
        onChange={(event) => {
          setDay(event.target.value);
          if (!typing.current) commit(event.target.value);
        }}
        // Typing a year produces a date with each digit, so a typed date counts on blur or Enter.
        onBlur={() => {
          typing.current = false;
          commit(day);
        }}
        onKeyDown={(event) => {
          typing.current = event.key !== "Enter";
          if (event.key === "Enter") commit(day);
        }}
        className="h-7 min-w-0 flex-1 rounded-md border border-line bg-panel px-1.5 text-[12px] text-ink max-lg:h-9"
      />
    </label>
  );
}
