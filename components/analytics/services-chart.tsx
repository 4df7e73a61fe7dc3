import { type DayRange, formatRange } from "@/lib/analytics/days";
import { within } from "@/lib/analytics/marks";
import { narrowToService, serviceBars } from "@/lib/analytics/series";
import { servicesTable } from "@/lib/analytics/tables";
import { countOf, formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { BarsChart } from "./bars-chart";

type ServicesChartProps = {
  services: { service: string; contacts: number; documents: number }[];
  range: DayRange;
  filter: ContactFilter;
};

/** Contacts by requested service, with their average number of documents. */
export function ServicesChart({ services, range, filter }: ServicesChartProps) {
  const bars = serviceBars(services);
  const rows = bars.map((bar) => {
    const average = (bar.documents / bar.contacts).toFixed(1);
    return {
      key: bar.service ?? "rest",
      label: bar.label,
      colour: bar.service ? "var(--accent)" : "var(--closed)",
      value: bar.contacts,
      text: formatCount(bar.contacts),
      aside: `${average} docs`,
      description: `${bar.label}: ${countOf(bar.contacts, "contact")}, ${average} documents on average`,
      href: contactsHref(narrowToService(within(filter, range), bar, bars)),
    };
  });
  return (
    <BarsChart
      title="By service"
      counts="Contacts, and the average number of documents each brought"
      summary={`Contacts from ${formatRange(range)} by service.`}
      asideTitle="average documents"
      rows={rows}
      table={servicesTable(bars, filter, range)}
      fileName={`services-${range.from}-${range.to}`}
    />
  );
}
