import type { Metadata } from "next";
import Link from "next/link";
import { MonthsForm } from "@/components/months/months-form";
import { RetentionForm } from "@/components/people/retention-form";
import { DeskSettingsForm } from "@/components/settings/desk-settings-form";
import { settingsWords } from "@/components/settings/words";
import { RequiredRolesForm } from "@/components/staff/factor/required-roles-form";
import { factorWords } from "@/components/staff/words";
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

export const metadata: Metadata = { title: settingsWords.title };

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
    <PageFrame title={settingsWords.title}>
      <Section id="desk" title={settingsWords.desk} description={settingsWords.deskNote}>
        <DeskSettingsForm
          settings={{ name, timeZone, week, targets, version }}
          timeZones={timeZones}
          services={asked.flatMap(({ value }) => value || [])}
        />
      </Section>
      <Section id="two-step" title={factorWords.title} description={factorWords.settingsNote}>
        <RequiredRolesForm required={required} />
      </Section>
      <Section title={settingsWords.person} description={settingsWords.personNote}>
        <Button asChild>
          <Link href="/settings/person">{settingsWords.findPerson}</Link>
        </Button>
      </Section>
      <Section id="retention" title={settingsWords.retention} description={settingsWords.retentionNote}>
        {rules.ok ? (
          <RetentionForm rules={rules.value} preview={removal.ok ? removal.value : null} />
        ) : (
          <p className="text-ink-2">{rules.message}</p>
        )}
      </Section>
      <Section id="months" title={settingsWords.months} description={settingsWords.monthsNote}>
        {monthRules.ok ? (
          <MonthsForm rules={monthRules.value} preview={months.ok ? months.value : null} />
        ) : (
          <p className="text-ink-2">{monthRules.message}</p>
        )}
      </Section>
    </PageFrame>
  );
}
