import type { Metadata } from "next";
import Link from "next/link";
import { MonthsForm } from "@/components/months/months-form";
import { RetentionForm } from "@/components/people/retention-form";
import { DeskSettingsForm } from "@/components/settings/desk-settings-form";
import { RequiredRolesForm } from "@/components/staff/factor/required-roles-form";
import { Button } from "@/components/ui/button";
import { PageFrame } from "@/components/ui/form/page-frame";
import { Section } from "@/components/ui/form/settings-section";
import { load } from "@/lib/desk/load";
import { getDeskSettings, listTimeZones } from "@/lib/desk/settings";
import { getViewer } from "@/lib/desk/viewer";
import { emptyFilter } from "@/lib/filter/filter";
import { listFacets } from "@/lib/list/facets";
import { getMonthRules, previewMonths } from "@/lib/months/months";
import { listRetentionRules, previewRetention } from "@/lib/people/retention";
import { listFactorRoles } from "@/lib/staff/factor/second-factor";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: "Settings" };

/** The desk's settings. Admins only. */
export default async function SettingsPage() {
  const staff = await requireStaff("admin");
  const [settings, viewer, required] = await Promise.all([getDeskSettings(), getViewer(staff), listFactorRoles()]);
  const { name, timeZone, week, targets, version } = settings;
  const facets = await load(listFacets(emptyFilter, viewer), "/settings");
  const asked = facets.ok ? (facets.value.find(({ key }) => key === "service")?.values ?? []) : [];
  // The previous schema version lacks these tables; the rest of the page still works.
  const rules = await load(listRetentionRules(), "/settings");
  const removal = rules.ok ? await load(previewRetention(rules.value), "/settings") : rules;
  const monthRules = await load(getMonthRules(), "/settings");
  const months = monthRules.ok ? await load(previewMonths(monthRules.value), "/settings") : monthRules;
  const known = listTimeZones();
  // The stored zone stays on the list, even if it is an older name that Intl does not list.
  const timeZones = known.includes(timeZone) ? known : [timeZone, ...known];
  return (
    <PageFrame title="Settings">
      <Section title="Desk" description="The same for everybody who works here.">
        <DeskSettingsForm
          settings={{ name, timeZone, week, targets, version }}
          timeZones={timeZones}
          services={asked.flatMap(({ value }) => value || [])}
        />
      </Section>
      <Section
        title="Second step"
        description="A code of the phone after the password. Sign-ins with your provider have its own."
      >
        <RequiredRolesForm required={required} />
      </Section>
      <Section title="A person's data" description="For whoever asks what you keep of them, or to be forgotten.">
        <Button asChild>
          <Link href="/settings/person">Find somebody</Link>
        </Button>
      </Section>
      <Section
        title="Removal by age"
        description="Contacts that are old enough are removed on Mondays, with their documents, notes and history."
      >
        {rules.ok ? (
          <RetentionForm rules={rules.value} preview={removal.ok ? removal.value : null} />
        ) : (
          <p className="text-ink-2">{rules.message}</p>
        )}
      </Section>
      <Section
        title="Old months"
        description="History and the website's events are kept by month. Old ones can be taken off: they are not shown any more, and stay in the database until somebody drops them."
      >
        {monthRules.ok ? (
          <MonthsForm rules={monthRules.value} preview={months.ok ? months.value : null} />
        ) : (
          <p className="text-ink-2">{monthRules.message}</p>
        )}
      </Section>
    </PageFrame>
  );
}
