import { type DayRange, formatRange } from "@/lib/analytics/days";
import { within } from "@/lib/analytics/marks";
import { averageDocuments, narrowToService, type ServiceCount, serviceBars } from "@/lib/analytics/series";
import { servicesTable } from "@/lib/analytics/tables";
import { formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { BarsChart } from "./bars-chart";
import { analyticsWords } from "./words";

type ServicesChartProps = {
  services: ServiceCount[];
  range: DayRange;
  filter: ContactFilter;
};

/** Contacts by requested service, with their average number of documents: stored, and by the insights. */
export function ServicesChart({ services, range, filter }: ServicesChartProps) {
  const bars = serviceBars(services);
  const rows = bars.map((bar) => {
    const averages = averageDocuments(bar);
    const stored = averages.stored.toFixed(1);
    const byInsights = averages.byInsights?.toFixed(1) ?? null;
    return {
      key: bar.service ?? "rest",
      label: bar.label,
      colour: bar.service ? "var(--accent)" : "var(--closed)",
      value: bar.contacts,
      text: formatCount(bar.contacts),
      asides: [stored, byInsights ?? "–"],
      description: analyticsWords.serviceBar(bar.label, bar.contacts, stored, byInsights, bar.insightsContacts),
      href: contactsHref(narrowToService(within(filter, range), bar, bars)),
    };
  });
  return (
    <BarsChart
      title={analyticsWords.byService}
      counts={analyticsWords.byServiceNote}
      summary={analyticsWords.byServiceSummary(formatRange(range))}
      asideTitles={[analyticsWords.averageStored, analyticsWords.averageByInsights]}
      rows={rows}
      table={servicesTable(bars, filter, range)}
      fileName={`services-${range.from}-${range.to}`}
    />
  );
}
