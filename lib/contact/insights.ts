import { isNotGiven } from "@/lib/database/not-given";
import { longestInsightText, numberLimits } from "./insight-limits";

/** One part of the insights: as analysed, absent, or there but not as it should be. */
export type Part<T> = { state: "given"; value: T } | { state: "absent" } | { state: "malformed" };

/** The analysis of a contact's documents, as far as it can be read. */
export type Insights = {
  documents: Part<number>;
  documentTypes: Part<string[]>;
  /** Bytes. */
  totalSize: Part<number>;
  lastUpload: Part<Date>;
  processing: Part<string>;
  businessContent: Part<boolean>;
  confidence: Part<"high" | "medium" | "low">;
  /** A language tag as stored; see `languageName`. */
  language: Part<string>;
  /** 0…1. */
  complexity: Part<number>;
};

/**
 * What was stored, read tolerantly. `none`: nothing stored, or an empty object. `unreadable`: something else than an
 * object, or too large to read; `words` says which.
 */
export type ReadInsights =
  | { state: "none" }
  | { state: "unreadable"; words: string }
  | { state: "read"; insights: Insights; malformed: string[]; analysed: boolean };

/** Names of the parts, for staff. */
const partNames: Record<keyof Insights | "analysis", string> = {
  documents: "number of documents",
  documentTypes: "document types",
  totalSize: "total size",
  lastUpload: "last upload",
  processing: "processing status",
  businessContent: "business content",
  confidence: "confidence",
  language: "language",
  complexity: "complexity",
  analysis: "content analysis",
};

/** Gives the value of a part, or undefined where what is stored is not one. */
type Reader<T> = (stored: unknown) => T | undefined;

// Written by hand, not with Zod, because triage reads insights in the browser, where Zod tries whether it may evaluate
// code. Parts that the filter knows have the filter's limits. Otherwise the page would show as sound what the filter
// counts as missing.
const readText: Reader<string> = (stored) => (typeof stored === "string" ? stored : undefined);
const numberUpTo =
  (most: number): Reader<number> =>
  (stored) =>
    // Adding 0 makes 0 of -0, which a json column keeps.
    typeof stored === "number" && stored >= 0 && stored <= most ? stored + 0 : undefined;

const readShortText: Reader<string> = (stored) => {
  const text = readText(stored)?.trim();
  return text && text.length <= 200 ? text : undefined;
};

const readLanguage: Reader<string> = (stored) => {
  const text = readText(stored);
  return text !== undefined && [...text].length <= longestInsightText ? text : undefined;
};

const readInstant: Reader<Date> = (stored) => {
  const text = readText(stored);
  // Only ISO 8601: of "45" JavaScript makes 2045, and of "0045-03-15 BC" a year after Christ.
  if (text === undefined || !/^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(?:[T ][\d:.,+Z-]{1,30})?$/i.test(text)) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const confidences = ["high", "medium", "low"] as const;

const readConfidence: Reader<(typeof confidences)[number]> = (stored) => confidences.find((level) => level === stored);

function readRecord(stored: unknown): Record<string, unknown> | undefined {
  const isRecord = typeof stored === "object" && stored !== null && !Array.isArray(stored);
  return isRecord ? (stored as Record<string, unknown>) : undefined;
}

function readPart<T>(reader: Reader<T>, stored: unknown): Part<T> {
  if (isNotGiven(stored)) return { state: "absent" };
  const value = reader(stored);
  return value === undefined ? { state: "malformed" } : { state: "given", value };
}

/** Older rows carry it at the top; the nested one wins where both are booleans. */
function readBusinessContent(nested: unknown, top: unknown): Part<boolean> {
  if (typeof nested === "boolean") return { state: "given", value: nested };
  if (typeof top === "boolean") return { state: "given", value: top };
  return { state: isNotGiven(nested) && isNotGiven(top) ? "absent" : "malformed" };
}

/**
 * An empty list is absent. A list is malformed if anything in it is not a string, or is a string that means "not
 * given".
 */
function readTypes(stored: unknown): Part<string[]> {
  if (isNotGiven(stored)) return { state: "absent" };
  if (!Array.isArray(stored)) return { state: "malformed" };
  if (stored.length === 0) return { state: "absent" };
  const types = stored.filter((type): type is string => typeof type === "string" && !isNotGiven(type));
  return types.length < stored.length ? { state: "malformed" } : { state: "given", value: [...new Set(types)] };
}

/**
 * Reads stored insights without ever throwing.
 * @param text the column's text as PostgreSQL prints it (`document_insights::text`); null for a null column
 * @param complete whether `text` is the whole value; a part of one cannot be read
 */
export function readInsights(text: string | null, complete = true): ReadInsights {
  if (text === null) return { state: "none" };
  if (!complete) return { state: "unreadable", words: "The insights are too large to be read." };
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return { state: "unreadable", words: "The insights cannot be read." };
  }
  if (stored === null) return { state: "none" };
  const top = readRecord(stored);
  if (!top) return { state: "unreadable", words: `The insights are malformed: ${describeKind(stored)}.` };
  if (Object.keys(top).length === 0) return { state: "none" };
  const nested = isNotGiven(top.content_analysis) ? {} : readRecord(top.content_analysis);
  const analysis = nested ?? {};
  const insights: Insights = {
    documents: readPart(numberUpTo(numberLimits.documents), top.total_documents),
    documentTypes: readTypes(top.document_types),
    totalSize: readPart(numberUpTo(Number.MAX_SAFE_INTEGER), top.total_size),
    lastUpload: readPart(readInstant, top.last_document_upload),
    processing: readPart(readShortText, top.processing_status),
    businessContent: readBusinessContent(analysis.has_business_content, top.has_business_content),
    confidence: readPart(readConfidence, analysis.confidence_level),
    language: readPart(readLanguage, analysis.primary_language),
    complexity: readPart(numberUpTo(numberLimits.complexity), analysis.complexity_score),
  };
  const parts = Object.entries(insights) as [keyof Insights, Part<unknown>][];
  const malformed = parts.filter(([, part]) => part.state === "malformed").map(([name]) => partNames[name]);
  if (!nested) malformed.push(partNames.analysis);
  return { state: "read", insights, malformed, analysed: parts.some(([, part]) => part.state === "given") };
}

function describeKind(stored: unknown): string {
  if (Array.isArray(stored)) return "a list where the analysis should be";
  return `a ${typeof stored === "string" ? "text" : typeof stored} where the analysis should be`;
}

/**
 * A language in words ("German" for "de", "Portuguese (Brazil)" for "pt-BR"); what is no language tag stays as stored.
 */
export function languageName(stored: string): string {
  try {
    return new Intl.DisplayNames("en-GB", { type: "language", languageDisplay: "standard" }).of(stored) ?? stored;
  } catch {
    return stored;
  }
}
