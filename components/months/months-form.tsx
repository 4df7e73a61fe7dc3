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

type MonthsFormProps = {
  rules: MonthRules;
  /** What the stored rules will detach; null if that could not be counted. */
  preview: MonthPreview | null;
};

const fields = { history: "Months of history", events: "Months of the website's events" } as const;

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
        <legend className="mb-1.5 font-medium text-ink-2">Months that stay</legend>
        <div className="flex flex-col gap-1.5">
          {(["history", "events"] as const).map((name) => (
            <label key={name} htmlFor={`months-${name}`} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{fields[name]}</span>
              <Input
                id={`months-${name}`}
                name={name}
                aria-label={fields[name]}
                inputMode="numeric"
                placeholder="all"
                maxLength={4}
                autoComplete="off"
                className="w-24 text-right tabular-nums"
                defaultValue={rules[name] ?? ""}
              />
            </label>
          ))}
        </div>
        <p className="mt-1.5 text-ink-3">
          At least {fewestMonths.history} of history and {fewestMonths.events} of events. Empty is all.
        </p>
      </fieldset>
      <FormMessage error={form.error} />
      <p role="status" className={seen && !seen.off ? "text-ink-2" : "text-ink-3"}>
        {seen ? describe(seen) : "What is older could not be counted: load the page again."}
      </p>
      {seen && !seen.preview.divided && (
        <p className="text-ink-3">
          The website's events are one table here, and stay. Whoever runs the desk can divide it by month.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="what" value="preview" disabled={form.pending}>
          Preview
        </Button>
        <Button type="submit" name="what" value="save" disabled={form.pending}>
          Save months
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
  if (off) return saved ? "Off: all months stay." : "All months would stay.";
  const { months } = preview;
  if (months.length === 0) return saved ? "On. Nothing is older yet." : "Nothing is older yet.";
  const parts = (["history", "events"] as const).flatMap((of) => {
    const own = months.filter((month) => month.of === of);
    if (own.length === 0) return [];
    const rows = own.reduce((sum, month) => sum + month.rows, 0);
    const bytes = own.reduce((sum, month) => sum + month.bytes, 0);
    const last = own.reduce((latest, { until }) => (until > latest ? until : latest), own[0]?.until ?? new Date(0));
    const until = new Date(last).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
    return [`${countOf(rows, "row")} of ${of} from before ${until} (${formatBytes(bytes)})`];
  });
  return `${saved ? "Within a day will take" : "Would take"} off ${parts.join(", and ")}.`;
}
