import { createHash } from "node:crypto";
import { isOpen } from "@/lib/contact/status";
import { notSpecified } from "@/lib/database/not-given";
import type { Calendar } from "./calendar";
import { type SampleChange, sampleChanges } from "./changes";
import { type SampleDocument, sampleDocuments } from "./documents";
import { sampleInsights } from "./insights";
import { type Language, phrases, services, spamMessages } from "./messages";
import { type SampleNote, sampleNotes } from "./notes";
import { samplePerson } from "./people";
import { createRandom, type Random } from "./random";
import { addDecisions } from "./triage";

const DAY = 86_400_000;
const FILES_FOR_DAYS = 60;

export type SampleContact = {
  id: string;
  name: string;
  email: string;
  company: string | null;
  service: string | null;
  budget: string | null;
  message: string;
  at: number;
  status: string | null;
  source: string | null;
  userAgent: string | null;
  pageUrl: string | null;
  processing: boolean | null;
  search: boolean | null;
  insights: string | null;
  documents: SampleDocument[];
  changes: SampleChange[];
  notes: SampleNote[];
};

export type SamplePlan = {
  seed: number;
  count: number;
  calendar: Calendar;
  staff: string[];
  files: boolean;
  /** Whether those who have waited longest are the ones of stories.ts; otherwise a few are forgotten for months. */
  stories: boolean;
};

const languages = [
  ["en", 62],
  ["de", 14],
  ["fr", 7],
  ["es", 6],
  ["ja", 6],
  ["pt", 2],
  ["it", 2],
  ["ar", 1],
] as const satisfies [Language, number][];
const serviceWeights = [27, 21, 17, 12, 9, 7, 4];
const budgets = ["< $5,000", "$5,000 - $10,000", "$10,000 - $50,000", "$50,000 - $100,000", "> $100,000"];
const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
];
const pages: Record<string, string> = {
  "Cloud Architecture": "/services/cloud",
  "DevOps Consulting": "/services/devops",
  "Data Engineering": "/services/data",
  "Web Development": "/services/web",
  Dashboards: "/services/dashboards",
  "Security Review": "/services/security",
  Training: "/training",
};

/** The id the website would give; its last four digits check the rest, so that generated rows can be told from others in SQL. */
export function sampleId(at: number, random: Random): string {
  const front = `contact_${Math.floor(at / 1000)}_${random.hex(4)}`;
  return front + createHash("md5").update(front).digest("hex").slice(0, 4);
}

/** With `tidy`, nobody waits for more than ten days, and only the spam of the last day is not marked yet. */
function sampleStatus(at: number, spam: boolean, tidy: boolean, calendar: Calendar, random: Random): string | null {
  const days = (calendar.until - at) / DAY;
  if (spam) return random.chance(days < 1 ? 0.2 : tidy ? 1 : 0.96) ? "spam" : "new";
  if (days < 1)
    return random.weighted([
      ["new", 86],
      ["in_review", 9],
      ["contacted", 5],
    ]);
  if (days < 3)
    return random.weighted([
      ["new", 42],
      ["in_review", 24],
      ["contacted", 24],
      ["qualified", 6],
      ["closed", 4],
    ]);
  if (days < 10)
    return random.weighted([
      ["new", 12],
      ["in_review", 13],
      ["contacted", 35],
      ["qualified", 17],
      ["closed", 22],
      ["on_hold", 1],
    ]);
  if (days < 40)
    return random.weighted([
      ["new", tidy ? 0 : 3],
      ["in_review", tidy ? 0 : 5],
      ["contacted", 19],
      ["qualified", 20],
      ["closed", 52],
      ["on_hold", 1],
    ]);
  const forgotten = !tidy && days < 120 ? 7 : 0;
  return random.weighted([
    ["closed", 850],
    ["qualified", 80],
    ["contacted", 45],
    ["in_review", forgotten],
    ["new", forgotten],
    ["on_hold", 6],
    ["waiting-on-legal", 2],
    [null, 2],
  ]);
}

const speaksOfFiles = /attached|Anhang|pièce jointe|添付|anexo|allegato|مرفقة/;

function sampleMessage(
  language: Language,
  service: string | null,
  documents: SampleDocument[],
  random: Random,
): string {
  // Only who brought documents speaks of them, and of a PDF only who brought one.
  const isTrue = (text: string) =>
    !speaksOfFiles.test(text) || documents.some(({ extension }) => extension === "pdf" || !text.includes("PDF"));
  const words = { ...phrases[language], circumstances: phrases[language].circumstances.filter(isTrue) };
  const needs = words.needs[services.find((known) => known === service) ?? "other"].filter(isTrue);
  const glue = language === "ja" ? "" : " ";
  const body = [
    random.pick(needs),
    random.pick(words.circumstances),
    random.chance(0.3) ? random.pick(words.circumstances) : "",
  ];
  const paragraphs = [
    random.pick(words.openings),
    [...new Set(body)].filter(Boolean).join(glue),
    random.pick(words.farewells),
  ];
  return paragraphs.filter(Boolean).join(random.chance(0.8) ? "\n\n" : "\n");
}

/** The contact with the given rank (0 = oldest), its documents and what staff did with it; the same for the same plan. */
export function sampleContact(plan: SamplePlan, index: number): SampleContact {
  const { calendar } = plan;
  const random = createRandom(plan.seed, index, 1);
  const at = calendar.at((index + random.next()) / plan.count);
  const days = (calendar.until - at) / DAY;
  const spam = random.chance(calendar.spamShare(at));
  const language: Language = spam ? "en" : random.weighted(languages);
  const person = samplePerson(language, random);
  const service = random.weighted<string | null>([
    ...services.map((name, i) => [name, serviceWeights[i] ?? 1] as const),
    [null, 1],
    ["", 1],
    [notSpecified, 1.5],
  ]);
  const drawn = sampleDocuments(at, language, spam, plan.files && days < FILES_FOR_DAYS, calendar, random);
  const status = sampleStatus(at, spam, plan.stories, calendar, random);
  // Some files are missing in the store, but none of a contact that still waits.
  const documents = isOpen(status) ? drawn.map((document) => ({ ...document, hasFile: plan.files })) : drawn;
  const path = (service && pages[service]) || "/";
  const sent = {
    id: sampleId(at, random),
    ...person,
    email: spam ? `${random.hex(6)}@promo.example` : person.email,
    service,
    budget: random.weighted<string | null>([
      [random.pick(budgets), 6],
      [notSpecified, 2],
      ["", 1],
      [null, 1],
    ]),
    message: spam ? random.pick(spamMessages) : sampleMessage(language, service, documents, random),
    at,
    status,
    source: random.weighted<string | null>([
      ["website", 62],
      ["referral", 13],
      ["newsletter", 9],
      ["partner", 7],
      ["event", 5],
      ["phone", 3],
      [days > 355 ? "import" : "website", 1],
      [null, 0.5],
    ]),
    userAgent: random.weighted<string | null>([
      [random.pick(agents), 94],
      [null, 4],
      ["", 2],
    ]),
    pageUrl: random.weighted<string | null>([
      [path, 6],
      [`https://www.example.com${path}?utm_source=newsletter`, 2],
      ["/contact", 4],
      [null, 1],
    ]),
    processing: random.weighted<boolean | null>([
      [true, 97],
      [false, 2],
      [null, 1],
    ]),
    search: random.chance(0.98),
    insights: sampleInsights(documents, language, spam, days, random),
    documents,
  };
  // Chance of its own, so that what the website wrote does not hang on what staff did with it.
  const decisions = createRandom(plan.seed, index, 3);
  const changes = addDecisions(sampleChanges(at, status, plan, random), { at, status }, plan, decisions);
  return { ...sent, changes, notes: sampleNotes(changes, { status }, calendar.until, decisions) };
}
