"use client";
import { LogIn } from "lucide-react";
import { useActionState } from "react";
import { signInWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form/form-message";
import { postProviderSignIn } from "./post-sign-in";

type ProviderButtonProps = {
  /** The provider's name. */
  name: string;
  target: string;
  /** Whether the provider should ask which account to use, instead of taking the last one. */
  choose: boolean;
  /** Why the last attempt failed. */
  problem: string | null;
};

/** Leads to the company's sign-in provider, or says that it does not answer. */
export function ProviderButton({ name, target, choose, problem }: ProviderButtonProps) {
  const [failure, submit, pending] = useActionState<string | null>(async () => {
    const answer = await postProviderSignIn(target, choose);
    if ("failure" in answer) return answer.failure.message;
    window.location.assign(answer.url);
    return null;
  }, problem);
  return (
    <form action={submit} className="flex flex-col gap-3">
      <Button type="submit" look="primary" size="large" disabled={pending}>
        <LogIn size={15} aria-hidden="true" />
        <span className="min-w-0 truncate">{pending ? signInWords.oneMoment : signInWords.signInWith(name)}</span>
      </Button>
      <FormMessage error={failure} />
    </form>
  );
}
