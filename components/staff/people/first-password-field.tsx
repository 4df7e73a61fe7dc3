"use client";
import { Field } from "@/components/ui/form/field";
import { PasswordInput } from "../password-input";

/** The typed first password in a form, or null to have one made. */
export function readFirstPassword(form: FormData): string | null {
  const typed = form.get("password");
  return typeof typed === "string" && typed !== "" ? typed : null;
}

/** A first password to type, or to leave to the desk. */
export function FirstPasswordField({ error, typed }: { error: string | undefined; typed: string | undefined }) {
  return (
    <Field
      label="First password (optional)"
      htmlFor="password"
      error={error}
      hint="Leave it empty and one is made, to be shown once."
    >
      <PasswordInput
        id="password"
        name="password"
        autoComplete="new-password"
        maxLength={1024}
        aria-describedby="password-note"
        aria-invalid={error ? true : undefined}
        defaultValue={typed}
      />
    </Field>
  );
}
