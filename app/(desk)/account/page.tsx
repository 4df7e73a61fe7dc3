import type { Metadata } from "next";
import { OwnNameForm } from "@/components/staff/account/own-name-form";
import { OwnPasswordForm } from "@/components/staff/account/own-password-form";
import { PreferencesSection } from "@/components/staff/account/preferences-section";
import { SessionList } from "@/components/staff/account/session-list";
import { SignOutButton, SignOutEverywhereButton } from "@/components/staff/account/sign-out-button";
import { FactorSection } from "@/components/staff/factor/factor-section";
import { SetUpFactor } from "@/components/staff/factor/set-up-factor";
import { PageFrame } from "@/components/ui/form/page-frame";
import { Section } from "@/components/ui/form/settings-section";
import { Time } from "@/components/ui/time";
import type { SearchParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { getFactorState, listFactorRoles } from "@/lib/staff/factor/second-factor";
import { parseLocalPath } from "@/lib/staff/local-path";
import { requireSession } from "@/lib/staff/session/session";
import { listSessions } from "@/lib/staff/session/sessions";
import { roleLooks, type Staff } from "@/lib/staff/staff";
import { getDefaultView, listViews } from "@/lib/views/queries";

export const metadata: Metadata = { title: "Account" };

type AccountPageProps = { searchParams: Promise<SearchParams> };

/** One's own account. While something must be done first (isHeldBack), only this page is open, and shows only that. */
export default async function AccountPage({ searchParams }: AccountPageProps) {
  const staff = await requireSession();
  const { next } = await searchParams;
  const target = parseLocalPath(next) ?? "/";
  if (staff.mustChangePassword) return <FirstPassword staff={staff} target={target} />;
  if (staff.mustSetUpFactor) return <FirstFactor target={target} />;
  return <Account staff={staff} />;
}

function FirstPassword({ staff, target }: { staff: Staff; target: string }) {
  return (
    <PageFrame title="Choose your own password" beside={<SignOutButton />}>
      <p className="max-w-md py-6 text-ink-2">
        Welcome, {staff.name}. Somebody else has seen the password you signed in with. Choose one that only you know;
        then the desk is open to you.
      </p>
      <OwnPasswordForm email={staff.email} opens={target} />
    </PageFrame>
  );
}

function FirstFactor({ target }: { target: string }) {
  return (
    <PageFrame title="Set up a second step" beside={<SignOutButton />}>
      <p className="max-w-md pt-6 pb-4 text-ink-2">
        This desk asks for a code after the password, so that a password alone lets nobody in. Set it up now; then the
        desk is open to you.
      </p>
      <SetUpFactor opens={target} />
    </PageFrame>
  );
}

async function Account({ staff }: { staff: Staff }) {
  const [sessions, desk, views, defaultView, factor, required] = await Promise.all([
    listSessions(staff.id),
    getDeskSettings(),
    listViews(staff.id, staff.role),
    getDefaultView(staff),
    getFactorState(staff.id),
    listFactorRoles(),
  ]);
  return (
    <PageFrame title="Account" beside={<SignOutButton />}>
      <Section title="You" description={`${staff.email} · ${roleLooks[staff.role].label}. An admin changes your role.`}>
        <OwnNameForm name={staff.name} />
      </Section>
      <PreferencesSection
        {...staff.preferences}
        defaultView={defaultView?.id ?? null}
        views={views.map(({ id, name, kind }) => ({ id, name, kind }))}
      />
      {staff.hasPassword ? (
        <Section title="Password" description="Changing it signs you out everywhere else.">
          <OwnPasswordForm email={staff.email} opens={null} />
        </Section>
      ) : null}
      {staff.hasPassword ? (
        <Section title="Second step" description="A code of your phone after the password, at each sign-in.">
          {factor ? (
            <FactorSection
              since={<Time at={factor.since} zone={desk.timeZone} />}
              codesLeft={factor.codesLeft}
              required={required.includes(staff.role)}
            />
          ) : (
            <SetUpFactor opens={null} />
          )}
        </Section>
      ) : null}
      <Section title="Sessions" description="Where you are signed in. One ends after 12 hours without use, or 30 days.">
        <SessionList sessions={sessions} currentId={staff.sessionId} timeZone={desk.timeZone} />
        <SignOutEverywhereButton />
      </Section>
    </PageFrame>
  );
}
