"use client";
import { accountWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { setOwnName } from "@/lib/staff/actions";

/** One's own name, as colleagues see it beside one's changes. */
export function OwnNameForm({ name }: { name: string }) {
  const form = useForm((data) => setOwnName({ name: data.get("name") }));
  const error = form.errorFor("name");
  return (
    <form action={form.submit} className="flex max-w-sm flex-col gap-3">
      <Field label={accountWords.name} htmlFor="name" error={error} hint={accountWords.nameHint}>
        <Input
          id="name"
          name="name"
          autoComplete="name"
          maxLength={100}
          required
          aria-describedby="name-note"
          aria-invalid={error ? true : undefined}
          defaultValue={form.typed.name ?? name}
        />
      </Field>
      <FormMessage error={form.error} done={form.done ? accountWords.nameSaved : null} />
      <div>
        <Button type="submit" disabled={form.pending}>
          {accountWords.saveName}
        </Button>
      </div>
    </form>
  );
}
