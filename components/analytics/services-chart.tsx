import { type DayRange, formatRange } from "@/lib/analytics/days";
import { within } from "@/lib/analytics/marks";
import { averageDocuments, narrowToService, type ServiceCount, serviceBars } from "@/lib/analytics/series";
import { servicesTable } from "@/lib/analytics/tables";
import { countOf, formatCount } from "@/lib/desk/wording";
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
    const { stored, byInsights } = averageDocuments(bar);
    const said =
      byInsights === null
        ? "none counted in insights"
        : `${byInsights.toFixed(1)} by the insights of ${countOf(bar.insightsContacts, "contact")}`;
    return {
      key: bar.service ?? "rest",
      label: bar.label,
      colour: bar.service ? "var(--accent)" : "var(--closed)",
      value: bar.contacts,
      text: formatCount(bar.contacts),
      asides: [stored.toFixed(1), byInsights?.toFixed(1) ?? "–"],
      description: `${bar.label}: ${countOf(bar.contacts, "contact")}, ${stored.toFixed(1)} documents stored on average, ${said}`,
      href: contactsHref(narrowToService(within(filter, range), bar, bars)),
    };
  });
  return (
    <BarsChart
      title={analyticsWords.byService}
      counts="Contacts, and their average number of documents: those stored here, and those their insights count"
      summary={analyticsWords.byServiceSummary(formatRange(range))}
      asideTitles={["stored", "by insights"]}
      rows={rows}
      table={servicesTable(bars, filter, range)}
      fileName={`services-${range.from}-${range.to}`}
    />
  );
}
