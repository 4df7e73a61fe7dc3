"use client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { removePerson } from "@/lib/people/actions";
import type { Forgotten } from "@/lib/people/forgetting";
import { confirmationOf, type PersonPreview } from "@/lib/people/person";
import { describeCounts } from "./describe";
import { personWords } from "./words";

type ForgetFormProps = {
  preview: PersonPreview;
  withNames: boolean;
  onNames: (on: boolean) => void;
  onForgotten: (forgotten: Forgotten) => void;
};

/** Forgets a person, after their address has been typed as confirmation. */
export function ForgetForm({ preview, withNames, onNames, onForgotten }: ForgetFormProps) {
  const wanted = confirmationOf(preview);
  const form = useForm<Forgotten>(async (data) => {
    const result = await removePerson({ contact: preview.contact, withNames, typed: data.get("confirmation") });
    if (result.ok) onForgotten(result);
    return result;
  });
  const error = form.errorFor("typed");
  return (
    <form action={form.submit} className="flex max-w-md flex-col gap-4 border-t border-line pt-5">
      <div>
        <h3 className="text-[13px]">{personWords.forget}</h3>
        <p className="mt-1 text-ink-2">
          {describeCounts(preview.counts)}: {personWords.forgetNote}
        </p>
      </div>
      <label htmlFor="with-names" className="flex items-start gap-2.5">
        <Checkbox id="with-names" className="mt-0.5" checked={withNames} onCheckedChange={onNames} />
        <span>
          {personWords.withNames}
          {preview.sameName > 0 ? (
            <span className="block text-ink-3">{personWords.sameName(preview.sameName)}</span>
          ) : null}
        </span>
      </label>
      <Field label={personWords.confirm(wanted)} htmlFor="confirmation" error={error}>
        <Input
          id="confirmation"
          name="confirmation"
          required
          autoComplete="off"
          spellCheck={false}
          aria-describedby="confirmation-note"
          aria-invalid={error ? true : undefined}
          defaultValue={form.typed.confirmation}
        />
      </Field>
      <FormMessage error={form.error} />
      <div>
        <Button type="submit" look="danger" disabled={form.pending}>
          {form.pending ? personWords.removing : personWords.forget}
        </Button>
      </div>
    </form>
  );
}
