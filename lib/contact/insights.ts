import { z } from "zod";
import { longestInsight, numberLimits } from "@/lib/filter/fields";

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
 * What was stored, read tolerantly.
 * `none`: nothing stored, or an empty object. `unreadable`: something else than an object, or too large to read; `words` says which.
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

// What the filter has a say in is bounded as the filter bounds it: the page must not show as sound what it counts as missing.
const record = z.record(z.string(), z.unknown());
const shortText = z.string().trim().min(1).max(200);
const language = z.string().refine((text) => [...text].length <= longestInsight);
const count = z.number().min(0).max(numberLimits.documents);
const size = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const share = z.number().min(0).max(numberLimits.complexity);
const instant = z
  .string()
  .max(64)
  .transform((text) => new Date(text))
  .refine((date) => !Number.isNaN(date.getTime()));

/** Nothing stored, or one of the two texts that stand for nothing. */
function isAbsent(stored: unknown): boolean {
  return stored === undefined || stored === null || stored === "" || stored === "Not specified";
}

function readPart<T>(schema: z.ZodType<T>, stored: unknown): Part<T> {
  if (isAbsent(stored)) return { state: "absent" };
  const parsed = schema.safeParse(stored);
  return parsed.success ? { state: "given", value: parsed.data } : { state: "malformed" };
}

/** Older rows carry it at the top; the nested one wins where both are booleans. */
function readBusinessContent(nested: unknown, top: unknown): Part<boolean> {
  if (typeof nested === "boolean") return { state: "given", value: nested };
  if (typeof top === "boolean") return { state: "given", value: top };
  return { state: isAbsent(nested) && isAbsent(top) ? "absent" : "malformed" };
}

/** An empty list is absent; a text in it that stands for nothing makes it malformed. */
function readTypes(stored: unknown): Part<string[]> {
  if (isAbsent(stored)) return { state: "absent" };
  const parsed = z.array(z.string()).safeParse(stored);
  if (!parsed.success) return { state: "malformed" };
  if (parsed.data.length === 0) return { state: "absent" };
  return parsed.data.some(isAbsent) ? { state: "malformed" } : { state: "given", value: [...new Set(parsed.data)] };
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
  const parsed = record.safeParse(stored);
  if (!parsed.success) return { state: "unreadable", words: `The insights are malformed: ${describeKind(stored)}.` };
  const top = parsed.data;
  if (Object.keys(top).length === 0) return { state: "none" };
  const nested = record.safeParse(isAbsent(top.content_analysis) ? {} : top.content_analysis);
  const analysis = nested.success ? nested.data : {};
  const insights: Insights = {
    documents: readPart(count, top.total_documents),
    documentTypes: readTypes(top.document_types),
    totalSize: readPart(size, top.total_size),
    lastUpload: readPart(instant, top.last_document_upload),
    processing: readPart(shortText, top.processing_status),
    businessContent: readBusinessContent(analysis.has_business_content, top.has_business_content),
    confidence: readPart(z.enum(["high", "medium", "low"]), analysis.confidence_level),
    language: readPart(language, analysis.primary_language),
    complexity: readPart(share, analysis.complexity_score),
  };
  const parts = Object.entries(insights) as [keyof Insights, Part<unknown>][];
  const malformed = parts.filter(([, part]) => part.state === "malformed").map(([name]) => partNames[name]);
  if (!nested.success) malformed.push(partNames.analysis);
  return { state: "read", insights, malformed, analysed: parts.some(([, part]) => part.state === "given") };
}

function describeKind(stored: unknown): string {
  if (Array.isArray(stored)) return "a list where the analysis should be";
  return `a ${typeof stored === "string" ? "text" : typeof stored} where the analysis should be`;
}

/** A language in words ("German" for "de", "Portuguese (Brazil)" for "pt-BR"); what is no language tag stays as stored. */
export function languageName(stored: string): string {
  try {
    return new Intl.DisplayNames("en-GB", { type: "language", languageDisplay: "standard" }).of(stored) ?? stored;
  } catch {
    return stored;
  }
}
