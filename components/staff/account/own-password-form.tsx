"use client";
import { accountWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { setOwnPassword } from "@/lib/staff/actions";
import { PasswordInput } from "../password-input";

type OwnPasswordFormProps = {
  email: string;
  /** The path to open after changing a password that somebody else has set; null if the password is one's own. */
  opens: string | null;
};

/**
 * Changes one's own password: asks for the current one and a new one. A newcomer goes on to the page they asked for.
 */
export function OwnPasswordForm({ email, opens }: OwnPasswordFormProps) {
  const first = opens !== null;
  const form = useForm(async (data) => {
    const result = await setOwnPassword({ current: data.get("current"), next: data.get("next") });
    if (result.ok && first) window.location.assign(opens);
    return result;
  });
  const currentError = form.errorFor("current");
  const nextError = form.errorFor("next");
  return (
    <form action={form.submit} className="flex max-w-sm flex-col gap-4">
      {/* Tells password managers whose password this is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field
        label={first ? accountWords.givenPassword : accountWords.currentPassword}
        htmlFor="current"
        error={currentError}
      >
        <PasswordInput
          id="current"
          name="current"
          autoComplete="current-password"
          maxLength={1024}
          required
          aria-describedby={currentError ? "current-note" : undefined}
          aria-invalid={currentError ? true : undefined}
          defaultValue={form.typed.current}
        />
      </Field>
      <Field label={accountWords.newPassword} htmlFor="next" error={nextError} hint={accountWords.newPasswordHint}>
        <PasswordInput
          id="next"
          name="next"
          autoComplete="new-password"
          maxLength={1024}
          required
          aria-describedby="next-note"
          aria-invalid={nextError ? true : undefined}
          defaultValue={form.typed.next}
        />
      </Field>
      <FormMessage error={form.error} done={form.done && !first ? accountWords.passwordChanged : null} />
      <div>
        <Button type="submit" look={first ? "primary" : "plain"} disabled={form.pending}>
          {form.pending ? accountWords.changing : accountWords.changePassword}
        </Button>
      </div>
    </form>
  );
}
