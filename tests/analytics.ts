import type { DayRange } from "@/lib/analytics/days";
import { startAnalytics } from "@/lib/analytics/queries";
import { joinServices, sumProcessing } from "@/lib/analytics/series";
import type { ContactFilter } from "@/lib/filter/filter";
import type { Viewer } from "@/lib/filter/viewer";

/** Every figure of the analytics page at once, as its charts get them. */
export async function readAnalytics(filter: ContactFilter, range: DayRange, viewer: Viewer) {
  const figures = startAnalytics(filter, range, viewer);
  const [contacts, visitors, documents] = await Promise.all([figures.contacts, figures.visitors, figures.documents]);
  return {
    ...contacts,
    ...visitors,
    range,
    services: joinServices(contacts.services, documents),
    processing: sumProcessing(documents.stored, filter),
  };
}

export type Figures = Awaited<ReturnType<typeof readAnalytics>>;
