"use client";
import { factorWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import type { useForm } from "@/components/ui/form/use-form";
import { deskWords } from "@/lib/desk/wording";
import { PasswordInput } from "../password-input";

type PasswordQuestionProps = {
  text: string;
  action: string;
  form: Pick<ReturnType<typeof useForm>, "submit" | "pending" | "error" | "errorFor" | "typed">;
  onCancel: () => void;
};

/** Asks for one's own password before the second step changes. */
export function PasswordQuestion({ text, action, form, onCancel }: PasswordQuestionProps) {
  const error = form.errorFor("password");
  return (
    <form action={form.submit} className="flex max-w-sm flex-col gap-4">
      <p className="text-ink-2">{text}</p>
      <Field label={factorWords.yourPassword} htmlFor="factor-password" error={error}>
        <PasswordInput
          id="factor-password"
          name="password"
          autoComplete="current-password"
          maxLength={1024}
          required
          autoFocus
          aria-describedby={error ? "factor-password-note" : undefined}
          aria-invalid={error ? true : undefined}
          defaultValue={form.typed.password}
        />
      </Field>
      <FormMessage error={form.error} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={form.pending}>
          {action}
        </Button>
        <Button onClick={onCancel}>{deskWords.cancel}</Button>
      </div>
    </form>
  );
}
