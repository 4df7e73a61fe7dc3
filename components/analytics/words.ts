import { countOf, formatCount } from "@/lib/desk/wording";

/** The texts of the analytics page and its charts. lib/analytics/tables.ts has the heads of the tables. */
export const analyticsWords = {
  title: "Analytics",
  ignored: (key: string, why: string) => `Ignored “${key}”: ${why}`,
  daysShown: "Days shown",
  firstDay: "First day",
  lastDay: "Last day",
  show: "Show",
  removeFilter: (label: string, text: string) => `Remove filter ${label}: ${text}`,
  clearAll: "Clear all",
  changeInInbox: "Change in the inbox",
  filterInInbox: "Filter in the inbox",

  none: "No contacts in these days",
  noneMatch: "No contacts from these days match the filter.",
  noneSent: "Nobody wrote in these days.",
  clearFilters: "Clear filters",
  lastYear: "Show the last 365 days",
  loading: "Loading charts",
  counting: "Counting documents.",
  countingLong: "Many days take longer, above all with a filter.",

  chart: "Chart",
  table: "Table",
  png: "PNG",
  csv: "CSV",
  of: (title: string) => `of ${title}`,
  today: "Today",
  soFar: ", so far",
  todaySoFar: ", today so far",
  tableHasDays: "The table has each day.",

  received: "Contacts received",
  change: (trend: string) => `${trend} from`,
  noChange: "none",
  before: (days: number) => `in the ${days === 1 ? "day" : `${days} days`} before`,
  firstResponse: "Median first response",
  unknown: "Unknown",
  noResponse: "no first responses recorded",
  whereRecorded: "where a first response is recorded",
  waiting: "Waiting now, all days",
  countWaiting: (count: number) => `${countOf(count, "contact")} waiting`,
  oldest: "oldest",
  newOrInReview: "new or in review",
  failed: "Failed documents",
  beingCounted: "counting…",
  failedIn: (contacts: number, documents: number) =>
    `${countOf(contacts, "contact")} with ${countOf(documents, "failed document")}`,
  ofAll: (count: number) => `of ${formatCount(count)}`,
  inContacts: (count: number) => ` · in ${countOf(count, "contact")}`,

  perDay: "Contacts per day",
  perDayNote: (zone: string, today: string) => `By the status they have now · days in ${zone}${today}`,
  perDaySummary: (count: number, range: string, byStatus: string, busiest: string) =>
    `${countOf(count, "contact")} from ${range}: ${byStatus}. Busiest day: ${busiest}.`,
  busiest: (day: string, count: number) => `${day} with ${formatCount(count)}`,
  byStatus: "Contacts by status",
  clickPart: "Click a part for its contacts",

  byService: "By service",
  byServiceNote: "Contacts, and their average number of documents: those stored here, and those their insights count",
  byServiceSummary: (range: string) => `Contacts from ${range} by service.`,
  averageStored: "stored",
  averageByInsights: "by insights",
  serviceBar: (service: string, contacts: number, stored: string, byInsights: string | null, counted: number) =>
    `${service}: ${countOf(contacts, "contact")}, ${stored} documents stored on average, ${
      byInsights === null
        ? "none counted in insights"
        : `${byInsights} by the insights of ${countOf(counted, "contact")}`
    }`,

  processing: "Documents by processing status",
  processingNote: "Click a row for the contacts that have them",
  processingSummary: (range: string) => `Documents of contacts from ${range} by processing status.`,
  averageSize: "average size",
  processingBar: (status: string, documents: number, size: string, contacts: number) =>
    `${status}: ${countOf(documents, "document")} of ${size} on average, in ${countOf(contacts, "contact")}`,

  visitors: "Visitors",
  visitorsNote: (zone: string, today: string) => `Page views per day, whatever the filter · days in ${zone}${today}`,
  notCounted: "The website has not counted visitors yet",
  counted: (count: number) => `${countOf(count, "visitor")} counted by the website since it started`,
  viewsSummary: (counted: string, views: number, range: string) =>
    `${counted}. ${countOf(views, "page view")} from ${range}.`,
  pageViews: "Page views",
  pageViewsUnit: "page views",
  inTheseDays: "in these days",
  clickDay: (contacts: number) => `Click for the day's ${countOf(contacts, "contact")}`,
};
