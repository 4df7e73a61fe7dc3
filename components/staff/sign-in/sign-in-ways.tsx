import { signInWords } from "@/components/staff/words";
import type { SamplePerson } from "@/lib/staff/sample-people";
import { ProviderButton } from "./provider-button";
import { SignInForm } from "./sign-in-form";

type SignInWaysProps = {
  /** The company's sign-in provider, and whether it is the only way; null if there is none. */
  provider: { name: string; only: boolean } | null;
  problem: string | null;
  choose: boolean;
  target: string;
  wrong: boolean;
  /** The people of a sample desk, to choose from. */
  people: SamplePerson[];
};

/** The ways to sign in: with the company's provider, which is the usual way if there is one, and with a password. */
export function SignInWays({ provider, problem, choose, target, wrong, people }: SignInWaysProps) {
  if (!provider) return <SignInForm target={target} wrong={wrong} people={people} />;
  const button = <ProviderButton name={provider.name} target={target} choose={choose} problem={problem} />;
  if (provider.only) return button;
  return (
    <>
      {button}
      <div className="my-5 flex items-center gap-3 text-xs text-ink-3">
        <span className="h-px flex-1 bg-line" />
        {signInWords.orPassword}
        <span className="h-px flex-1 bg-line" />
      </div>
      <SignInForm target={target} wrong={wrong} people={people} second />
    </>
  );
}
