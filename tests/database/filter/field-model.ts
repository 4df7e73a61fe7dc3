import type { FieldKey } from "@/lib/filter/fields";
import { dueToday, overdueLimits, viewerId } from "../../viewer";
import { assignees, batches, type TestContact } from "../list/inbox-rows";
import { blank, insightConditionMatches, readInsights } from "./insights-model";

/** The tests' own model of one field. */
type FieldModel = {
  /** Values that some test contact has, or almost has. */
  samples: string[];
  /** Values that none of them has. */
  absent?: string[];
  /** Whether a contact has a value, "" included, in plain TypeScript that uses none of the product's code. */
  has: (contact: TestContact, value: string) => boolean;
};

const nobody = "33333333-3333-4333-8333-333333333333";

/** Every field of the filter. The compiler requires a new one here; the property tests then compare its SQL with it. */
export const fieldModel: Record<FieldKey, FieldModel> = {
  status: {
    samples: ["new", "in_review", "closed", "waiting-on-legal", "New"],
    absent: ["nowhere"],
    has: ({ status }, value) => isText(status, value),
  },
  assignee: {
    samples: ["me", "none", ...assignees],
    absent: [nobody],
    has: ({ assignee }, value) => (value === "me" ? viewerId : value) === (assignee ?? "none"),
  },
  snoozed: {
    samples: ["true", "false"],
    has: (contact, value) => value === String(isSnoozed(contact)),
  },
  overdue: {
    samples: ["true", "false"],
    has: (contact, value) => value === String(isLate(contact)),
  },
  due: {
    samples: ["today"],
    has: (contact, value) => value === "today" && isLate(contact, dueToday.by) && !isLate(contact, dueToday.before),
  },
  back: {
    samples: ["true", "false"],
    has: ({ snoozedUntil }, value) => value === String(/^(2000|-infinity)/.test(snoozedUntil ?? "")),
  },
  service: {
    samples: ["Cloud Architecture", " Cloud Architecture", "Data %_\\ 'Engineering'"],
    absent: ["cloud architecture"],
    has: ({ service }, value) => isText(service, value),
  },
  source: {
    samples: ["website", "referral", "import"],
    has: ({ source }, value) => isText(source, value),
  },
  type: {
    samples: ["pdf", "docx", "PDF", "xlsx", "日本", "a\nb", 'q"uo\\te', "😀".repeat(100)],
    absent: ["0"],
    has: ({ insights }, value) => {
      const { types } = readInsights(insights);
      return value === "" ? types.length === 0 : types.includes(value);
    },
  },
  language: {
    samples: ["en", "de", "ja", "EN"],
    has: ({ insights }, value) => readInsights(insights).language === value,
  },
  confidence: {
    samples: ["high", "medium", "low"],
    has: ({ insights }, value) => readInsights(insights).confidence === value,
  },
  business: {
    samples: ["true", "false"],
    has: ({ insights }, value) => readInsights(insights).business === value,
  },
  documents: {
    samples: ["0", "1", "2-3", "4-", "-2", "1000000", "2.5", "3", "2.5-3", "1000000-"],
    has: ({ insights }, value) => isWithin(readInsights(insights).documents, value),
  },
  complexity: {
    samples: ["0", "1", "0.7", "-0.199999", "0.2-0.399999", "0.5-", "0-1", "0.2"],
    has: ({ insights }, value) => isWithin(readInsights(insights).complexity, value),
  },
  insights: {
    samples: ["missing", "malformed"],
    has: ({ insights }, value) => {
      const { missing, malformed } = readInsights(insights);
      return value === "malformed" ? malformed : missing;
    },
  },
  "document.type": {
    samples: ["requirements", "invoice"],
    absent: ["nothing"],
    has: ({ documents }, value) => documents.some(({ type }) => isText(type, value)),
  },
  "document.status": {
    samples: ["completed", "failed", "odd one"],
    absent: ["pending"],
    has: ({ documents }, value) => documents.some(({ status }) => isText(status, value)),
  },
  company: {
    samples: ["Zebra", "Äpfel GmbH", "not specified", "株式会社ミナト"],
    has: ({ company }, value) => isText(company, value),
  },
  page: {
    samples: ["/", "/services?a=b&c=d#e"],
    has: ({ page }, value) => isText(page, value),
  },
  batch: {
    samples: [...batches],
    absent: [nobody],
    has: ({ batches = [] }, value) => batches.includes(value),
  },
  insight: {
    samples: [
      "content_analysis.primary_language:eq:en",
      "content_analysis.has_business_content:eq:true",
      "content_analysis.complexity_score:gt:0.2",
      "content_analysis.complexity_score:lte:1",
      "content_analysis.complexity_score.value:gte:1",
      "content_analysis:eq:null",
      "content_analysis:missing",
      'content_analysis:eq:[{"primary_language":"en"}]',
      "total_documents:eq:2",
      "total_documents:gt:1000000",
      "total_documents:lt:0",
      "total_documents:exists",
      "total_documents:eq:[2]",
      "total_documents:has:2",
      "document_types:has:pdf",
      "document_types:has:null",
      'document_types:has:["pdf"]',
      'document_types:has:{"type":"pdf"}',
      'document_types:eq:["pdf","docx"]',
      "document_types:eq:[]",
      "document_types:eq:pdf",
      "document_types.0:eq:pdf",
      "document_types.0:exists",
      'document_types:eq:{"0":"pdf"}',
      "a.b:eq:{}",
      "a.b:eq:[]",
      'a.b:eq:[{"c":1}]',
      'a.b:has:{"c":1}',
      "a.b:has:[2,3]",
      "a.b:has:true",
      "a.b.c:exists",
      "a.b.c\\:d:eq:nested",
      "a\\.b.c\\:d:exists",
      "a\\.b.back\\\\slash:gte:5",
      "__proto__.constructor:eq:text",
      "0.1.2:eq:1.5",
      "score:eq:1000",
      'score:eq:"1000"',
      "score:lt:0",
      "tone:eq:5",
      'tone:eq:"5"',
      "tone:eq:formal",
    ],
    absent: [
      'document_types:eq:["docx","pdf"]',
      'a.b:has:{"d":2}',
      "a.b:has:[2]",
      "a.b.0:exists",
      "document_types.1:exists",
      "0.0:exists",
      "tone:has:formal",
      "constructor:exists",
    ],
    has: ({ insights }, value) => insightConditionMatches(insights, value),
  },
};

function isText(stored: string | null, value: string): boolean {
  return value === "" ? blank(stored) : stored === value;
}

function isSnoozed({ snoozedUntil }: TestContact): boolean {
  return /^(2999|infinity)/.test(snoozedUntil ?? "");
}

function isLate(contact: TestContact, limits = overdueLimits): boolean {
  if (contact.status !== "new" && contact.status !== "in_review") return false;
  if (contact.firstContactedAt || isSnoozed(contact)) return false;
  const own = limits.services.find(({ names }) => names.includes(contact.service ?? ""));
  const limit = own ? own.sent : limits.otherwise;
  // Both are in UTC and in the same format, so comparing the texts is exact to the microsecond.
  return (
    limit !== null &&
    contact.timestamp.slice(0, -3) <=
      limit
        .toISOString()
        .replace("T", " ")
        .replace(/(\.000)?Z$/, "")
  );
}

function isWithin(number: number | null, range: string): boolean {
  if (number === null || range === "") return number === null && range === "";
  if (!range.includes("-")) return number === Number(range);
  const [least, most] = range.split("-");
  return (least === "" || number >= Number(least)) && (most === "" || number <= Number(most));
}
