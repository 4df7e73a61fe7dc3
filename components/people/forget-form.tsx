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
        <h3 className="text-[13px]">Forget this person</h3>
        <p className="mt-1 text-ink-2">{describeCounts(preview.counts)}: removed for good. This cannot be undone.</p>
      </div>
      <label htmlFor="with-names" className="flex items-start gap-2.5">
        <Checkbox id="with-names" className="mt-0.5" checked={withNames} onCheckedChange={onNames} />
        <span>
          Take their name out of others’ records too, not only the address. A name of one word is left: it is too often
          somebody else’s.
          {preview.sameName > 0 ? (
            <span className="block text-ink-3">
              {preview.sameName === 1 ? "Another person" : `${preview.sameName} other people`} with that name wrote to
              you. It may be theirs.
            </span>
          ) : null}
        </span>
      </label>
      <Field label={`Type ${wanted} to confirm`} htmlFor="confirmation" error={error}>
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
          {form.pending ? "Removing…" : "Forget this person"}
        </Button>
      </div>
    </form>
  );
}
