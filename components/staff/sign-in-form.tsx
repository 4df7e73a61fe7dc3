"use client";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormMessage } from "./form-message";
import { PasswordInput } from "./password-input";
import { postSignIn } from "./post-sign-in";

type SignInState = { email: string; password: string; failure: string | null };

type SignInFormProps = {
  target: string;
  wrong: boolean;
  /** The e-mail that cannot be changed, where the password confirms whom the provider has named. */
  claimed?: string;
  /** Whether another way to sign in stands above, which is the usual one. */
  second?: boolean;
};

/** E-mail and password. What was typed stays when it did not work; a password found wrong is to be typed again. */
export function SignInForm({ target, wrong, claimed, second = false }: SignInFormProps) {
  const [state, submit, pending] = useActionState<SignInState, FormData>(
    async (_, form) => {
      const email = String(form.get("email"));
      const password = String(form.get("password"));
      const failure = await postSignIn({ email, password, ...(claimed ? { claim: "true" } : {}) });
      if (!failure) {
        // A full load: nothing that was rendered for nobody stays in the router's cache.
        window.location.assign(target);
        return { email, password, failure: null };
      }
      return { email, password: failure.code === "wrong" ? "" : password, failure: failure.message };
    },
    { email: claimed ?? "", password: "", failure: wrong ? "That e-mail and password do not match." : null },
  );
  return (
    <form action={submit} className="flex flex-col gap-4">
      <Field label="E-mail" htmlFor="email">
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          spellCheck={false}
          maxLength={320}
          required
          readOnly={claimed !== undefined}
          defaultValue={state.email}
        />
      </Field>
      <Field label="Password" htmlFor="password">
        <PasswordInput
          id="password"
          name="password"
          autoComplete="current-password"
          maxLength={1024}
          required
          defaultValue={state.password}
        />
      </Field>
      <FormMessage error={state.failure} />
      <Button type="submit" look={second ? "plain" : "primary"} size="large" disabled={pending}>
        {pending ? "Signing in…" : claimed ? "Confirm and sign in" : "Sign in"}
      </Button>
    </form>
  );
}
