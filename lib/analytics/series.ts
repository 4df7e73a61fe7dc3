import { statusLook, statusOrder } from "@/lib/contact/status";
import { fields } from "@/lib/filter/fields";
import type { ContactFilter } from "@/lib/filter/filter";
import type { DocumentCount } from "./documents";
import { narrowTo, withoutValues } from "./marks";
import type { DocumentFigures } from "./queries";

/**
 * One status over the days of a chart. `status` is as stored, "" for none, null for all those that are not shown apart.
 */
export type StatusSeries = { status: string | null; label: string; colour: string; counts: number[]; total: number };

const mostSeries = 10;

/** Greys for statuses that the desk does not know. Neighbours differ clearly, and none is the grey of Closed. */
function otherColour(i: number): string {
  return `color-mix(in srgb, var(--ink) ${[78, 22, 95, 34][i % 4]}%, var(--panel))`;
}

/**
 * Contacts by day and status as one row of numbers per status, zero-filled: the desk's statuses in triage order, then
 * any others stored.
 */
export function statusSeries(
  byDay: { day: string; status: string; contacts: number }[],
  days: string[],
): StatusSeries[] {
  const position = new Map(days.map((day, i) => [day, i]));
  const counts = new Map<string, number[]>();
  for (const { day, status, contacts } of byDay) {
    const row = counts.get(status) ?? days.map(() => 0);
    const i = position.get(day) ?? days.length - 1;
    row[i] = (row[i] ?? 0) + contacts;
    counts.set(status, row);
  }
  const total = (status: string) => (counts.get(status) ?? []).reduce((sum, count) => sum + count, 0);
  const known = statusOrder.filter((status) => counts.has(status));
  const others = [...counts.keys()]
    .filter((status) => !(statusOrder as string[]).includes(status))
    .sort((a, b) => total(b) - total(a) || (a < b ? -1 : 1));
  const room = known.length + others.length > mostSeries ? mostSeries - known.length - 1 : others.length;
  const series: StatusSeries[] = [...known, ...others.slice(0, room)].map((status, i) => ({
    status,
    label: fields.status.labelOf(status),
    colour: i < known.length ? statusLook(status).colour : otherColour(i - known.length),
    counts: counts.get(status) ?? [],
    total: total(status),
  }));
  const rest = others.slice(room);
  if (rest.length > 0) {
    const sums = days.map((_, i) => rest.reduce((sum, status) => sum + (counts.get(status)?.[i] ?? 0), 0));
    const label = `${rest.length} other statuses`;
    series.push({
      status: null,
      label,
      colour: "var(--line-strong)",
      counts: sums,
      total: sums.reduce((a, b) => a + b, 0),
    });
  }
  return series;
}

/** The filter narrowed to one series of those shown. */
export function narrowToSeries(filter: ContactFilter, series: StatusSeries, shown: StatusSeries[]): ContactFilter {
  if (series.status !== null) return narrowTo(filter, "status", series.status);
  return withoutValues(
    filter,
    "status",
    shown.flatMap((one) => one.status ?? []),
  );
}

/**
 * Contacts by service, most contacts first: with the documents that are stored, and with the contacts whose insights
 * count documents and how many those are.
 */
export function joinServices(
  services: { service: string; contacts: number }[],
  { stored, byInsights }: DocumentFigures,
): ServiceCount[] {
  const documents = new Map<string, number>();
  for (const one of stored) documents.set(one.service, (documents.get(one.service) ?? 0) + one.documents);
  const said = new Map(byInsights.map((one) => [one.service, one]));
  return services
    .map((one) => ({
      ...one,
      documents: documents.get(one.service) ?? 0,
      insightsContacts: said.get(one.service)?.contacts ?? 0,
      insightsDocuments: said.get(one.service)?.documents ?? 0,
    }))
    .sort((a, b) => b.contacts - a.contacts || (a.service < b.service ? -1 : 1));
}

/**
 * Documents by processing status ("" = none), most documents first, with the contacts that have them and their average
 * size in bytes. If the filter names processing statuses, only documents with one of them are counted, so that each
 * status leads to contacts under the filter.
 */
export function sumProcessing(counts: DocumentCount[], filter: ContactFilter) {
  const named = filter.fields["document.status"]?.any ?? [];
  const sums = new Map<string, { status: string; documents: number; contacts: number; bytes: number }>();
  for (const { status, documents, contacts, bytes } of counts) {
    if (named.length > 0 && !named.includes(status)) continue;
    const sum = sums.get(status) ?? { status, documents: 0, contacts: 0, bytes: 0 };
    // A contact has one service, so contacts add up over the services.
    sum.documents += documents;
    sum.contacts += contacts;
    sum.bytes += bytes;
    sums.set(status, sum);
  }
  return [...sums.values()]
    .map(({ bytes, ...sum }) => ({ ...sum, averageSize: bytes / sum.documents }))
    .sort((a, b) => b.documents - a.documents || (a.status < b.status ? -1 : 1));
}

/**
 * One service with its contacts and their stored documents, and those contacts whose insights count documents, with how
 * many. `service` is null for all those that are not shown apart.
 */
export type ServiceBar = {
  service: string | null;
  label: string;
  contacts: number;
  documents: number;
  insightsContacts: number;
  insightsDocuments: number;
};

/** The same before it is a bar: always of one service. */
export type ServiceCount = Omit<ServiceBar, "label"> & { service: string };

/** Documents per contact as they are stored, and as the insights count them; the latter null where no insights do. */
export function averageDocuments(bar: ServiceBar): { stored: number; byInsights: number | null } {
  return {
    stored: bar.documents / bar.contacts,
    byInsights: bar.insightsContacts > 0 ? bar.insightsDocuments / bar.insightsContacts : null,
  };
}

const mostServices = 12;

/** The services with most contacts, and the rest as one. */
export function serviceBars(services: ServiceCount[]): ServiceBar[] {
  const room = services.length > mostServices + 1 ? mostServices : services.length;
  const rest = services.slice(room);
  const bars: ServiceBar[] = services
    .slice(0, room)
    .map((one) => ({ ...one, label: fields.service.labelOf(one.service) }));
  if (rest.length > 0) {
    const sum = (count: "contacts" | "documents" | "insightsContacts" | "insightsDocuments") =>
      rest.reduce((all, one) => all + one[count], 0);
    bars.push({
      service: null,
      label: `${rest.length} other services`,
      contacts: sum("contacts"),
      documents: sum("documents"),
      insightsContacts: sum("insightsContacts"),
      insightsDocuments: sum("insightsDocuments"),
    });
  }
  return bars;
}

/** The filter narrowed to one bar of those shown. */
export function narrowToService(filter: ContactFilter, bar: ServiceBar, shown: ServiceBar[]): ContactFilter {
  if (bar.service !== null) return narrowTo(filter, "service", bar.service);
  return withoutValues(
    filter,
    "service",
    shown.flatMap((one) => one.service ?? []),
  );
}
