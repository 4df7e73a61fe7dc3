"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { formatBytes } from "@/lib/desk/bytes";
import { countOf } from "@/lib/desk/wording";
import { browseMonths, setMonths } from "@/lib/months/actions";
import { fewestMonths, type MonthPreview, type MonthRules } from "@/lib/months/month-rules";
import { monthWords } from "./words";

type MonthsFormProps = {
  rules: MonthRules;
  /** What the stored rules will detach; null if that could not be counted. */
  preview: MonthPreview | null;
};

const fields = { history: monthWords.history, events: monthWords.events } as const;

/** For how many months history and events are kept, and which months would be detached for that. */
export function MonthsForm({ rules, preview }: MonthsFormProps) {
  const isOff = rules.history === null && rules.events === null;
  const [seen, setSeen] = useState<{ preview: MonthPreview; saved: boolean; off: boolean } | null>(
    preview && { preview, saved: true, off: isOff },
  );
  const form = useForm<{ preview: MonthPreview | null }>(async (data) => {
    const wanted = { history: readMonths(data.get("history")), events: readMonths(data.get("events")) };
    const saves = data.get("what") === "save";
    const result = await (saves ? setMonths(wanted) : browseMonths(wanted));
    const off = wanted.history === null && wanted.events === null;
    if (result.ok) setSeen(result.preview && { preview: result.preview, saved: saves, off });
    return result;
  });
  return (
    <form action={form.submit} className="flex max-w-md flex-col gap-4">
      <fieldset>
        <legend className="mb-1.5 font-medium text-ink-2">{monthWords.keep}</legend>
        <div className="flex flex-col gap-1.5">
          {(["history", "events"] as const).map((name) => (
            <label key={name} htmlFor={`months-${name}`} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{fields[name]}</span>
              <Input
                id={`months-${name}`}
                name={name}
                aria-label={fields[name]}
                inputMode="numeric"
                placeholder={monthWords.all}
                maxLength={4}
                autoComplete="off"
                className="w-24 text-right tabular-nums"
                defaultValue={rules[name] ?? ""}
              />
            </label>
          ))}
        </div>
        <p className="mt-1.5 text-ink-3">{monthWords.limits(fewestMonths.history, fewestMonths.events)}</p>
      </fieldset>
      <FormMessage error={form.error} />
      <p role="status" className={seen && !seen.off ? "text-ink-2" : "text-ink-3"}>
        {seen ? describe(seen) : monthWords.notCounted}
      </p>
      {seen && !seen.preview.divided && <p className="text-ink-3">{monthWords.undivided}</p>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="what" value="preview" disabled={form.pending}>
          {monthWords.preview}
        </Button>
        <Button type="submit" name="what" value="save" disabled={form.pending}>
          {monthWords.save}
        </Button>
      </div>
    </form>
  );
}

function readMonths(typed: FormDataEntryValue | null): number | null {
  const text = String(typed ?? "").trim();
  return text === "" ? null : Number(text);
}

function describe({ preview, saved, off }: { preview: MonthPreview; saved: boolean; off: boolean }): string {
  if (off) return saved ? monthWords.off : monthWords.wouldBeOff;
  const { months } = preview;
  if (months.length === 0) return saved ? monthWords.onNothing : monthWords.nothing;
  const parts = (["history", "events"] as const).flatMap((of) => {
    const own = months.filter((month) => month.of === of);
    if (own.length === 0) return [];
    const rows = own.reduce((sum, month) => sum + month.rows, 0);
    const bytes = own.reduce((sum, month) => sum + month.bytes, 0);
    const last = own.reduce((latest, { until }) => (until > latest ? until : latest), own[0]?.until ?? new Date(0));
    const until = new Date(last).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
    return [monthWords.before(countOf(rows, "row"), of, until, formatBytes(bytes))];
  });
  return monthWords.takesOff(saved, parts.join(", and "));
}
