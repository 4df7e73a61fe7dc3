import { formatBytes } from "@/lib/desk/bytes";
import type { CsvCell } from "@/lib/desk/csv";
import { countOf, formatCount } from "@/lib/desk/wording";
import { fields } from "@/lib/filter/fields";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { type DayRange, formatLongDay, listDays } from "./days";

import { narrowTo, onDay, within } from "./marks";
import { averageDocuments, narrowToSeries, narrowToService, type ServiceBar, type StatusSeries } from "./series";

/** The charts as tables: for keyboards and screen readers, for the CSV, and for the links of the drawn marks. */
export type TableCell = {
  value: CsvCell;
  /** How it reads; the value itself where absent. */
  text?: string;
  /** A link to the contacts behind it: how many they are, and a label that says it all in words. */
  link?: { href: string; contacts: number; label: string };
};

export type Table = { head: string[]; rows: TableCell[][] };

/** The numbers of a table, its head first, for CSV. */
export function tableRows(table: Table): CsvCell[][] {
  return [table.head, ...table.rows.map((row) => row.map((cell) => cell.value))];
}

function contactsCell(contacts: number, what: string, filter: ContactFilter): TableCell {
  const link = { href: contactsHref(filter), contacts, label: `${countOf(contacts, "contact")}, ${what}` };
  return { value: contacts, text: formatCount(contacts), ...(contacts > 0 && { link }) };
}

/** The filter behind one part of one day's bar. */
export function dayMark(filter: ContactFilter, day: string, one: StatusSeries, series: StatusSeries[]): ContactFilter {
  return narrowToSeries(onDay(filter, day), one, series);
}

/** Submissions by day and status, with the totals of both. */
export function submissionsTable(series: StatusSeries[], filter: ContactFilter, range: DayRange): Table {
  const all = within(filter, range);
  const rows = listDays(range).map((day, i) => [
    { value: day, text: formatLongDay(day) },
    ...series.map((one) =>
      contactsCell(one.counts[i] ?? 0, `${one.label}, ${formatLongDay(day)}`, dayMark(filter, day, one, series)),
    ),
    contactsCell(
      series.reduce((sum, one) => sum + (one.counts[i] ?? 0), 0),
      formatLongDay(day),
      onDay(filter, day),
    ),
  ]);
  const total = series.reduce((sum, one) => sum + one.total, 0);
  const sums = [
    { value: "All days" },
    ...series.map((one) => contactsCell(one.total, `${one.label}, all days`, narrowToSeries(all, one, series))),
    contactsCell(total, "all days", all),
  ];
  return { head: ["Day", ...series.map((one) => one.label), "All"], rows: [...rows, sums] };
}

/** Contacts by service, with their documents: those that are stored, and those that the insights count. */
export function servicesTable(bars: ServiceBar[], filter: ContactFilter, range: DayRange): Table {
  return {
    head: [
      "Service",
      "Contacts",
      "Documents stored",
      "Average stored",
      "Contacts whose insights count documents",
      "Documents by insights",
      "Average by insights",
    ],
    rows: bars.map((bar) => {
      const { stored, byInsights } = averageDocuments(bar);
      return [
        { value: bar.label },
        contactsCell(bar.contacts, bar.label, narrowToService(within(filter, range), bar, bars)),
        { value: bar.documents, text: formatCount(bar.documents) },
        { value: roundAverage(stored) },
        { value: bar.insightsContacts, text: formatCount(bar.insightsContacts) },
        { value: roundAverage(bar.insightsDocuments), text: formatCount(bar.insightsDocuments) },
        byInsights === null ? { value: "", text: "–" } : { value: roundAverage(byInsights) },
      ];
    }),
  };
}

const roundAverage = (average: number) => Math.round(average * 100) / 100;

/** Documents by processing status, and how many contacts have such documents. Sizes in bytes. */
export function processingTable(
  processing: { status: string; documents: number; contacts: number; averageSize: number }[],
  filter: ContactFilter,
  range: DayRange,
): Table {
  return {
    head: ["Processing status", "Documents", "Average size (bytes)", "Contacts with such documents"],
    rows: processing.map(({ status, documents, contacts, averageSize }) => {
      const label = fields["document.status"].labelOf(status);
      return [
        { value: label },
        { value: documents, text: formatCount(documents) },
        { value: Math.round(averageSize), text: formatBytes(averageSize) },
        contactsCell(contacts, `with ${label} documents`, narrowTo(within(filter, range), "document.status", status)),
      ];
    }),
  };
}

/** Page views by day, and the contacts sent on it. */
export function viewsTable(views: number[], contacts: number[], filter: ContactFilter, range: DayRange): Table {
  return {
    head: ["Day", "Page views", "Contacts"],
    rows: listDays(range).map((day, i) => [
      { value: day, text: formatLongDay(day) },
      { value: views[i] ?? 0, text: formatCount(views[i] ?? 0) },
      contactsCell(contacts[i] ?? 0, formatLongDay(day), onDay(filter, day)),
    ]),
  };
}
