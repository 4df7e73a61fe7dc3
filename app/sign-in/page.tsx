import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Brand } from "@/components/desk/brand";
import { SignInForm } from "@/components/staff/sign-in-form";
import type { SearchParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { firstPasswordHref, parseLocalPath } from "@/lib/staff/local-path";
import { getSession } from "@/lib/staff/session";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<SearchParams> };

/** Where one signs in. Open to everyone; who is signed in already is sent on. */
export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error } = await searchParams;
  const target = parseLocalPath(next) ?? "/";
  const staff = await getSession();
  if (staff) redirect(staff.mustChangePassword ? firstPasswordHref(target) : target);
  const desk = await getDeskSettings();
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[348px] -translate-y-[4dvh]">
        <div className="mb-8 flex justify-center">
          <Brand name={desk.name} />
        </div>
        <div className="rounded-xl border border-line bg-panel p-6">
          <h1 className="text-[17px] leading-6">Sign in</h1>
          <p className="mt-0.5 mb-5 text-ink-2">
            {target === "/" ? "To the contacts that are waiting." : "Then you continue where you were."}
          </p>
          <SignInForm target={target} wrong={error === "wrong"} />
        </div>
        <p className="mt-5 text-center text-ink-3">
          No account, or a forgotten password? An admin of your desk can help.
        </p>
      </div>
    </main>
  );
}
