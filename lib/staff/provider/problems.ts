import { signInProblems } from "@/lib/staff/words";
/** Why a sign-in with the provider failed. It is part of the sign-in page's address. */
export const providerProblems = [
  "disabled",
  "domain",
  "unverified",
  "no_email",
  "no_role",
  "issuer",
  "unreachable",
  "refused",
  "denied",
  "busy",
] as const;

export type ProviderProblem = (typeof providerProblems)[number];

/** The problem named in an address; null if it is not one of ours. */
export function parseProblem(value: unknown): ProviderProblem | null {
  return providerProblems.find((problem) => problem === value) ?? null;
}

type Words = { title: string; text: string; final: boolean };

/**
 * A problem in words. A `final` one concerns the person: trying again would end the same way.
 * @param provider the provider's name
 */
export function describeProblem(problem: ProviderProblem, provider: string): Words {
  const title = "You can't sign in here";
  const words: Record<ProviderProblem, Words> = {
    disabled: { title, text: "Your access to this desk has been disabled. Ask an admin of this desk.", final: true },
    domain: {
      title,
      text: `Nobody has added you to this desk yet. Ask an admin to add you with the e-mail address that you use with ${provider}.`,
      final: true,
    },
    unverified: {
      title,
      text: `${capitalise(provider)} does not say that your e-mail address is verified. Verify it there, or ask whoever manages your accounts.`,
      final: true,
    },
    no_email: {
      title,
      text: `${capitalise(provider)} does not tell this desk your e-mail address. Ask whoever manages your accounts.`,
      final: true,
    },
    no_role: {
      title,
      text: `You have no role in this desk. Roles come from ${provider}. Ask whoever manages your groups there.`,
      final: true,
    },
    issuer: {
      title,
      text: `${capitalise(provider)} answered with another issuer than this desk is set up for. Ask whoever runs this desk.`,
      final: true,
    },
    unreachable: {
      title: "Sign in",
      text: `${capitalise(provider)} does not answer right now. Try again later.`,
      final: false,
    },
    refused: {
      title: "Sign in",
      text: "Couldn't check that sign-in, or it took too long. Try again.",
      final: false,
    },
    denied: { title: "Sign in", text: `Signing in with ${provider} was cancelled or not allowed.`, final: false },
    busy: { title: "Sign in", text: signInProblems.busy, final: false },
  };
  return words[problem];
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
