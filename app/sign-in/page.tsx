import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Brand } from "@/components/desk/brand";
import { SignInForm } from "@/components/staff/sign-in/sign-in-form";
import { SignInWays } from "@/components/staff/sign-in/sign-in-ways";
import { signInWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import type { SearchParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { firstPasswordHref, parseLocalPath } from "@/lib/staff/local-path";
import { readPendingIdentity } from "@/lib/staff/provider/pending-identity-cookie";
import { describeProblem, parseProblem } from "@/lib/staff/provider/problems";
import { getProvider } from "@/lib/staff/provider/settings";
import { listSamplePeople } from "@/lib/staff/sample-people";
import { getSession } from "@/lib/staff/session/session";
import { isSecure } from "@/lib/staff/session/token";
import { isHeldBack } from "@/lib/staff/staff";

export const metadata: Metadata = { title: signInWords.signIn };

type SignInPageProps = { searchParams: Promise<SearchParams> };

/** The sign-in page. Open to everyone; a person who is signed in already is redirected. */
export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error, problem, confirm, choose } = await searchParams;
  const target = parseLocalPath(next) ?? "/";
  const staff = await getSession();
  if (staff) redirect(isHeldBack(staff) ? firstPasswordHref(target) : target);
  const provider = getProvider();
  const pending =
    provider && confirm === "1" ? await readPendingIdentity(await cookies(), isSecure(await headers())) : null;
  if (provider && pending) return <Confirm email={pending.email} provider={provider.name} target={target} />;
  const known = provider && parseProblem(confirm === "1" ? "refused" : problem);
  const words = known && describeProblem(known, provider.name);
  if (words?.final) return <Refused {...words} target={target} />;
  return (
    <SignInCard
      title={signInWords.signIn}
      text={target === "/" ? signInWords.why : signInWords.whyBack}
      below={provider?.only ? signInWords.askAdmin : signInWords.noAccount}
    >
      <SignInWays
        provider={provider && { name: provider.name, only: provider.only }}
        problem={words?.text ?? null}
        choose={choose === "1"}
        target={target}
        wrong={error === "wrong"}
        people={listSamplePeople()}
      />
    </SignInCard>
  );
}

/** If the provider's e-mail belongs to a person of this desk, that person confirms once that it is them. */
function Confirm({ email, provider, target }: { email: string; provider: string; target: string }) {
  return (
    <SignInCard
      title={signInWords.confirmTitle}
      text={signInWords.confirmNote(provider)}
      below={signInWords.confirmHelp}
    >
      <SignInForm target={target} wrong={false} pendingEmail={email} />
    </SignInCard>
  );
}

function Refused({ title, text, target }: { title: string; text: string; target: string }) {
  const again = new URLSearchParams({ choose: "1", ...(target === "/" ? {} : { next: target }) });
  return (
    <SignInCard title={title} text={text}>
      <Button asChild size="large" className="w-full">
        <Link href={`/sign-in?${again}`}>{signInWords.asSomeoneElse}</Link>
      </Button>
    </SignInCard>
  );
}

type SignInCardProps = { title: string; text: string; below?: string; children: ReactNode };

async function SignInCard({ title, text, below, children }: SignInCardProps) {
  const desk = await getDeskSettings();
  return (
    <main className="grid h-dvh place-items-center overflow-y-auto px-4 py-10">
      <div className="w-full max-w-[348px] -translate-y-[4dvh]">
        <div className="mb-8 flex justify-center">
          <Brand name={desk.name} />
        </div>
        <div className="rounded-xl border border-line bg-panel p-6">
          <h1 className="text-[17px] leading-6">{title}</h1>
          <p className="mt-0.5 mb-5 text-ink-2">{text}</p>
          {children}
        </div>
        {below ? <p className="mt-5 text-center text-ink-3">{below}</p> : null}
      </div>
    </main>
  );
}
