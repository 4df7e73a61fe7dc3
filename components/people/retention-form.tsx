"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { StatusMark } from "@/components/ui/status-badge";
import { statusLabel, statusOrder } from "@/lib/contact/status";
import { countOf, formatCount } from "@/lib/desk/wording";
import { browseRetention, setRetention } from "@/lib/people/actions";
import { type RetentionPreview, type RetentionRule, shortestRetention } from "@/lib/people/retention-rules";
import { retentionWords } from "./words";

type RetentionFormProps = {
  rules: RetentionRule[];
  /** What the stored rules will remove; null if that could not be counted. */
  preview: RetentionPreview | null;
};

/** After how many days contacts of each status are removed, and what that would remove next Monday. */
export function RetentionForm({ rules, preview }: RetentionFormProps) {
  const statuses = [...statusOrder, ...rules.map(({ status }) => status).filter((status) => !isKnown(status))];
  const [days, setDays] = useState(() =>
    Object.fromEntries(
      statuses.map((status) => [status, String(rules.find((rule) => rule.status === status)?.days ?? "")]),
    ),
  );
  const [seen, setSeen] = useState<{ preview: RetentionPreview; saved: boolean } | null>(
    preview && rules.length > 0 ? { preview, saved: true } : null,
  );
  const form = useForm<{ preview: RetentionPreview }>(async (data) => {
    const wanted = {
      rules: statuses
        .map((status) => ({ status, days: Number(days[status]) }))
        .filter(({ status }) => (days[status] ?? "").trim() !== ""),
    };
    const saves = data.get("what") === "save";
    const result = await (saves ? setRetention(wanted) : browseRetention(wanted));
    if (result.ok) setSeen({ preview: result.preview, saved: saves });
    return result;
  });
  return (
    <form action={form.submit} className="flex max-w-md flex-col gap-4">
      <fieldset>
        <legend className="mb-1.5 font-medium text-ink-2">{retentionWords.days}</legend>
        <div className="flex flex-col gap-1.5">
          {statuses.map((status) => (
            <label key={status} htmlFor={`days-${status}`} className="flex items-center gap-2">
              <StatusMark status={status} />
              <span className="min-w-0 flex-1 truncate">{statusLabel(status)}</span>
              <Input
                id={`days-${status}`}
                aria-label={retentionWords.daysFor(statusLabel(status))}
                inputMode="numeric"
                placeholder={retentionWords.never}
                maxLength={4}
                autoComplete="off"
                className="w-24 text-right tabular-nums"
                value={days[status] ?? ""}
                onChange={({ target: { value } }) => setDays((before) => ({ ...before, [status]: value }))}
              />
            </label>
          ))}
        </div>
        <p className="mt-1.5 text-ink-3">{retentionWords.limits(shortestRetention)}</p>
      </fieldset>
      <FormMessage error={form.error} />
      <p role="status" className={seen ? "text-ink-2" : "text-ink-3"}>
        {seen ? describe(seen.preview, seen.saved) : rules.length > 0 ? retentionWords.notCounted : retentionWords.off}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="what" value="preview" disabled={form.pending}>
          {retentionWords.preview}
        </Button>
        <Button type="submit" name="what" value="save" disabled={form.pending}>
          {retentionWords.save}
        </Button>
      </div>
    </form>
  );
}

function isKnown(status: string): boolean {
  return statusOrder.some((known) => known === status);
}

function describe({ nextRun, total, parts }: RetentionPreview, saved: boolean): string {
  if (parts.length === 0) return saved ? retentionWords.off : retentionWords.nothing;
  const date = new Date(`${nextRun}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const each = parts.map(({ status, count }) => `${formatCount(count)} ${statusLabel(status)}`).join(", ");
  return retentionWords.removes(saved, countOf(total, "contact"), date, each);
}
