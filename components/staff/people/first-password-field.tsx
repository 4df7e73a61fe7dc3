"use client";
import { staffWords } from "@/components/staff/words";
import { Field } from "@/components/ui/form/field";
import { PasswordInput } from "../password-input";

/** The first password typed into a form; null to have one generated. */
export function readFirstPassword(form: FormData): string | null {
  const typed = form.get("password");
  return typeof typed === "string" && typed !== "" ? typed : null;
}

/** A field for a first password; if it is empty, the desk generates one. */
export function FirstPasswordField({ error, typed }: { error: string | undefined; typed: string | undefined }) {
  return (
    <Field label={staffWords.firstPasswordLabel} htmlFor="password" error={error} hint={staffWords.firstPasswordHint}>
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
