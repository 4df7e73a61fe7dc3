import { type DayRange, formatRange } from "@/lib/analytics/days";
import { narrowTo, within } from "@/lib/analytics/marks";
import { processingTable } from "@/lib/analytics/tables";
import { formatBytes } from "@/lib/desk/bytes";
import { countOf, formatCount } from "@/lib/desk/wording";
import { fields } from "@/lib/filter/fields";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { BarsChart } from "./bars-chart";
import { analyticsWords } from "./words";

type ProcessingChartProps = {
  processing: { status: string; documents: number; contacts: number; averageSize: number }[];
  range: DayRange;
  filter: ContactFilter;
};

const colours: Record<string, string> = {
  completed: "var(--qualified)",
  processing: "var(--contacted)",
  pending: "var(--closed)",
  failed: "var(--fail)",
};

/** Documents by processing status, with their average size. A row opens the contacts with such documents. */
export function ProcessingChart({ processing, range, filter }: ProcessingChartProps) {
  const rows = processing.map((one) => {
    const label = fields["document.status"].labelOf(one.status);
    return {
      key: one.status,
      label,
      colour: colours[one.status] ?? "var(--line-strong)",
      value: one.documents,
      text: formatCount(one.documents),
      asides: [formatBytes(one.averageSize)],
      opens: countOf(one.contacts, "contact"),
      description: analyticsWords.processingBar(label, one.documents, formatBytes(one.averageSize), one.contacts),
      href: contactsHref(narrowTo(within(filter, range), "document.status", one.status)),
    };
  });
  return (
    <BarsChart
      title={analyticsWords.processing}
      counts={analyticsWords.processingNote}
      summary={analyticsWords.processingSummary(formatRange(range))}
      asideTitles={[analyticsWords.averageSize]}
      rows={rows}
      table={processingTable(processing, filter, range)}
      fileName={`documents-${range.from}-${range.to}`}
    />
  );
}
