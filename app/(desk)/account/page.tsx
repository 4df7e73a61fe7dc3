import type { Metadata } from "next";
import { OwnNameForm } from "@/components/staff/account/own-name-form";
import { OwnPasswordForm } from "@/components/staff/account/own-password-form";
import { PreferencesSection } from "@/components/staff/account/preferences-section";
import { SessionList } from "@/components/staff/account/session-list";
import { SignOutButton, SignOutEverywhereButton } from "@/components/staff/account/sign-out-button";
import { FactorSection } from "@/components/staff/factor/factor-section";
import { SetUpFactor } from "@/components/staff/factor/set-up-factor";
import { accountWords, factorWords } from "@/components/staff/words";
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

export const metadata: Metadata = { title: accountWords.title };

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
    <PageFrame title={accountWords.ownPasswordTitle} beside={<SignOutButton />}>
      <p className="max-w-md py-6 text-ink-2">{accountWords.ownPasswordNote(staff.name)}</p>
      <OwnPasswordForm email={staff.email} opens={target} />
    </PageFrame>
  );
}

function FirstFactor({ target }: { target: string }) {
  return (
    <PageFrame title={factorWords.requiredTitle} beside={<SignOutButton />}>
      <p className="max-w-md pt-6 pb-4 text-ink-2">{factorWords.requiredNote}</p>
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
    <PageFrame title={accountWords.title} beside={<SignOutButton />}>
      <Section
        id="you"
        title={accountWords.you}
        description={accountWords.role(staff.email, roleLooks[staff.role].label)}
      >
        <OwnNameForm name={staff.name} />
      </Section>
      <PreferencesSection
        {...staff.preferences}
        defaultView={defaultView?.id ?? null}
        views={views.map(({ id, name, kind }) => ({ id, name, kind }))}
      />
      {staff.hasPassword ? (
        <Section id="password" title={accountWords.password} description={accountWords.passwordNote}>
          <OwnPasswordForm email={staff.email} opens={null} />
        </Section>
      ) : null}
      {staff.hasPassword ? (
        <Section id="two-step" title={factorWords.title} description={factorWords.accountNote}>
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
      <Section id="sessions" title={accountWords.sessions} description={accountWords.sessionsNote}>
        <SessionList sessions={sessions} currentId={staff.sessionId} timeZone={desk.timeZone} />
        <SignOutEverywhereButton />
      </Section>
    </PageFrame>
  );
}
