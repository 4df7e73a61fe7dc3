"use client";
import { useActionState, useEffect, useRef } from "react";
import { signInWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import type { SamplePerson } from "@/lib/staff/sample-people";
import { signInProblems } from "@/lib/staff/words";
import { PasswordInput } from "../password-input";
import { postSignIn } from "./post-sign-in";
import { SamplePeople } from "./sample-people";

type SignInState = { email: string; password: string; failure: string | null; step: "password" | "code" };

type SignInFormProps = {
  target: string;
  wrong: boolean;
  /** The fixed e-mail, if the password confirms a person whom the provider has named. */
  pendingEmail?: string;
  /** Whether another way to sign in, the usual one, is shown above. */
  second?: boolean;
  /** The people of a sample desk, to choose from. */
  people?: SamplePerson[];
};

/**
 * Asks for e-mail and password, and then for a code if the person has a second step. After a failure the typed text
 * stays. A value that was found wrong is cleared, to be typed again.
 */
export function SignInForm({ target, wrong, pendingEmail, second = false, people = [] }: SignInFormProps) {
  const [state, submit, pending] = useActionState<SignInState, FormData>(
    async (before, form) => {
      if (form.has("again")) return { ...before, password: "", failure: null, step: "password" };
      const email = before.step === "code" ? before.email : String(form.get("email"));
      const password = String(form.get("password") ?? "");
      const proof: Record<string, string> = before.step === "code" ? { code: String(form.get("code")) } : { password };
      const answer = await postSignIn({ email, ...proof, ...(pendingEmail ? { confirmsIdentity: "true" } : {}) });
      if (answer === "second step") return { email, password: "", failure: null, step: "code" };
      // A full page load, so that nothing rendered for a signed-out visitor stays in the router's cache.
      if (answer === "signed in") window.location.assign(target);
      const failure = answer === "signed in" ? null : answer;
      return {
        email,
        password: failure?.code === "wrong" ? "" : password,
        failure: failure?.message ?? null,
        step: failure?.code === "expired" ? "password" : before.step,
      };
    },
    {
      email: pendingEmail ?? "",
      password: "",
      failure: wrong ? signInProblems.wrong : null,
      step: "password",
    },
  );
  if (state.step === "code") return <CodeStep state={state} submit={submit} pending={pending} />;
  return (
    <form action={submit} className="flex flex-col gap-4">
      <Field label={signInWords.email} htmlFor="email">
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          spellCheck={false}
          maxLength={320}
          required
          readOnly={pendingEmail !== undefined}
          defaultValue={state.email}
        />
      </Field>
      <Field label={signInWords.password} htmlFor="password">
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
        {pending ? signInWords.signingIn : pendingEmail ? signInWords.confirm : signInWords.signIn}
      </Button>
      {people.length > 0 ? <SamplePeople people={people} /> : null}
    </form>
  );
}

type CodeStepProps = { state: SignInState; submit: (form: FormData) => void; pending: boolean };

/** The field for the code, once the password was right. It takes the focus, because the password field is gone. */
function CodeStep({ state, submit, pending }: CodeStepProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form action={submit} className="flex flex-col gap-4">
      <Field label={signInWords.code} htmlFor="code" hint={signInWords.codeHint}>
        <Input
          ref={field}
          id="code"
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={100}
          required
          className="font-mono tabular-nums"
          aria-describedby="code-note"
        />
      </Field>
      <FormMessage error={state.failure} />
      <Button type="submit" look="primary" size="large" disabled={pending}>
        {pending ? signInWords.signingIn : signInWords.signIn}
      </Button>
      <Button type="submit" name="again" value="1" look="quiet" formNoValidate disabled={pending}>
        {signInWords.startAgain}
      </Button>
    </form>
  );
}
