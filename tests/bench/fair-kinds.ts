import { listBuiltActions } from "@/tests/browser/access-table";
import type { Greed } from "./greed";

/** What there is to ask for: 26 sessions of one person, the newest day and contact, and a document of 30 MB. */
type Given = { cookies: string[]; today: string; newest: string; document: string };

/** The ways in which one person can ask for too much, by name. Each asks for other things each time, where the desk remembers. */
export const kinds: Record<string, (given: Given) => Greed> = {
  "26 sessions of 20 streams each": ({ cookies }) => {
    const path = `/api/live?list=&since=${Date.now()}`;
    return { asks: cookies.flatMap((cookie) => Array(20).fill({ path, cookie })), atOnce: 20, hold: true };
  },
  "16 pages at once": ({ cookies }) => ({ asks: cookies.slice(0, 1).map(toPage("/contacts")), atOnce: 16 }),
  "64 pages at once": ({ cookies }) => ({ asks: cookies.map(toPage("/contacts")), atOnce: 64 }),
  "16 heavy lists with their facets": ({ cookies }) => ({
    asks: cookies.map((cookie, at) =>
      toPage(`/contacts?type=pdf&type=docx&q=a&company=-&insight=content_analysis.a${at}:missing&sort=name`)(cookie),
    ),
    atOnce: 16,
  }),
  "16 charts of a year": ({ cookies, today }) => ({
    asks: cookies.map((cookie, at) =>
      toPage(`/analytics?from=${daysBefore(today, 364 - at)}&to=${today}&type=pdf&type=docx`)(cookie),
    ),
    atOnce: 16,
  }),
  "16 exact counts": ({ cookies }) => ({
    asks: Array.from({ length: 500 }, (_, at) =>
      toCall("lib/list/actions.ts countAllMatching", [`insight=content_analysis.a${at}:missing`])(cookies[0] ?? ""),
    ),
    atOnce: 16,
  }),
  "16 frozen selections": ({ cookies }) => ({
    asks: cookies.map(toCall("lib/change/actions.ts freezeContacts", [{ filter: "" }])),
    atOnce: 16,
  }),
  "16 contacts of triage": ({ cookies, newest }) => ({
    asks: cookies.map(toCall("lib/triage/actions.ts browseSheet", [{ id: newest }])),
    atOnce: 16,
  }),
  "16 exports": ({ cookies }) => ({ asks: cookies.map(toPage("/export/contacts")), atOnce: 16 }),
  "16 documents of 30 MB": ({ cookies, document }) => ({
    asks: cookies.map(toPage(`/documents/${document}`)),
    atOnce: 16,
  }),
  "all of that": (given) => ({
    asks: Object.entries(kinds)
      .filter(([name]) => name !== "all of that" && !name.includes("streams"))
      .flatMap(([, greed]) => greed(given).asks.slice(0, 20)),
    atOnce: 64,
  }),
};

function toPage(path: string) {
  return (cookie: string) => ({ path, cookie });
}

function toCall(key: string, args: unknown[]) {
  const id = listBuiltActions().find((action) => action.key === key)?.id;
  if (!id) throw new Error(`The build has no action ${key}.`);
  return (cookie: string) => ({ path: "/contacts", cookie, action: { id, args } });
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
