import type { FieldKey } from "@/lib/filter/fields";
import type { ContactFilter } from "@/lib/filter/filter";
import { overdueLimits, viewerId } from "../viewer";
import type { TestContact } from "./inbox-rows";

/** What a filter means, in plain TypeScript and apart from everything the product does: the judge of its SQL. */
export function matches(contact: TestContact, filter: ContactFilter, timeZone: string): boolean {
  const day = dayOf(contact.timestamp, timeZone);
  if (filter.from && day < filter.from) return false;
  if (filter.to && day > filter.to) return false;
  if (!wordsMatch(contact, filter.words)) return false;
  return Object.entries(filter.fields).every(([key, { any, none, all }]) => {
    const has = (value: string) => hasValue(contact, key as FieldKey, value);
    return (any.length === 0 || any.some(has)) && !none.some(has) && all.every(has);
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayOf(instant: string, timeZone: string): string {
  const options = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(timeZone, format);
  // Cut to milliseconds: rounding up the last microsecond of a day would move it into the next.
  return format.format(new Date(instant.replace(/(\.\d{3})\d+/, "$1").replace("+00", "Z")));
}

function wordsMatch(contact: TestContact, words: string): boolean {
  // In JavaScript the lower case of İ is two characters, in the database it is an i.
  const lower = (text: string) => text.replaceAll("\u0130", "i").toLowerCase();
  const texts = [contact.name, contact.email, contact.company ?? "", contact.message].map(lower);
  const found = (word: string) =>
    [word, word.normalize("NFC"), word.normalize("NFD")].some((one) => texts.some((text) => text.includes(lower(one))));
  let rest = words;
  while (rest.trim() !== "") {
    rest = rest.trimStart();
    const minus = rest.startsWith("-") && rest.length > 1 && !/^\s/.test(rest[1] ?? "");
    const body = minus ? rest.slice(1) : rest;
    let word: string;
    if (body.startsWith('"')) {
      const end = body.indexOf('"', 1);
      word = body.slice(1, end < 0 ? undefined : end);
      rest = end < 0 ? "" : body.slice(end + 1);
    } else {
      word = body.split(/\s/)[0] ?? "";
      rest = body.slice(word.length);
    }
    if (word.trim() !== "" && found(word) === minus) return false;
  }
  return true;
}

function hasValue(contact: TestContact, key: FieldKey, value: string): boolean {
  const same = (text: string | null) => (value === "" ? blank(text) : text === value);
  const parts = readInsights(contact.insights);
  if (key === "status" || key === "service" || key === "source" || key === "company" || key === "page") {
    return same(contact[key]);
  }
  if (key === "document.type") return contact.documents.some((row) => same(row.type));
  if (key === "document.status") return contact.documents.some((row) => same(row.status));
  if (key === "type") return value === "" ? parts.types.length === 0 : parts.types.includes(value);
  if (key === "documents" || key === "complexity") return isWithin(parts[key], value);
  if (key === "insights") return value === "malformed" ? parts.malformed : parts.missing;
  if (key === "assignee") return (value === "me" ? viewerId : value) === (contact.assignee ?? "none");
  if (key === "snoozed") return value === String(/^(2999|infinity)/.test(contact.snoozedUntil ?? ""));
  if (key === "overdue") return value === String(isLate(contact));
  if (key === "batch") return contact.batches?.includes(value) ?? false;
  if (key === "insight") return insightMatches(contact.insights, value);
  return parts[key] === value;
}

function isLate(contact: TestContact): boolean {
  if (contact.status !== "new" && contact.status !== "in_review") return false;
  if (contact.firstContactedAt || /^(2999|infinity)/.test(contact.snoozedUntil ?? "")) return false;
  const own = overdueLimits.services.find(({ names }) => names.includes(contact.service ?? ""));
  const limit = own ? own.sent : overdueLimits.otherwise;
  // Both in UTC and written alike, so that their texts compare, to the microsecond.
  return (
    limit !== null &&
    contact.timestamp.slice(0, -3) <=
      limit
        .toISOString()
        .replace("T", " ")
        .replace(/(\.000)?Z$/, "")
  );
}

function blank(text: string | null): boolean {
  return text === null || text === "" || text === "Not specified";
}

function isWithin(number: number | null, range: string): boolean {
  if (number === null || range === "") return number === null && range === "";
  if (!range.includes("-")) return number === Number(range);
  const [least, most] = range.split("-");
  return (least === "" || number >= Number(least)) && (most === "" || number <= Number(most));
}

const read = new Map<string | null, ReturnType<typeof parseInsights>>();

function readInsights(json: string | null): ReturnType<typeof parseInsights> {
  const parts = read.get(json) ?? parseInsights(json);
  read.set(json, parts);
  return parts;
}

function parseInsights(json: string | null) {
  const insights = asObject(json === null ? null : JSON.parse(json));
  const analysis = asObject(insights.content_analysis);
  const list = Array.isArray(insights.document_types) ? insights.document_types : null;
  const isText = (item: unknown): item is string => typeof item === "string" && !blank(item);
  const flags = [analysis.has_business_content, insights.has_business_content];
  const documents = number(insights.total_documents, 1_000_000);
  const complexity = number(analysis.complexity_score, 1);
  const business = String(flags.find((flag) => typeof flag === "boolean") ?? "");
  const language =
    isText(analysis.primary_language) && [...analysis.primary_language].length <= 100 ? analysis.primary_language : "";
  const confidence = ["high", "medium", "low"].find((level) => level === analysis.confidence_level) ?? "";
  const missing =
    documents === null ||
    complexity === null ||
    [business, language, confidence].includes("") ||
    !list?.every((item) => isText(item));
  // What is there although it has no value of its part.
  const malformed =
    ![undefined, "object"].includes(kindOf(json === null ? null : JSON.parse(json))) ||
    ![undefined, "object"].includes(kindOf(given(insights.content_analysis))) ||
    (documents === null && given(insights.total_documents) !== undefined) ||
    (complexity === null && given(analysis.complexity_score) !== undefined) ||
    (language === "" && given(analysis.primary_language) !== undefined) ||
    (confidence === "" && given(analysis.confidence_level) !== undefined) ||
    (business === "" && flags.some((flag) => given(flag) !== undefined)) ||
    (given(insights.document_types) !== undefined && !list?.every((item) => isText(item)));
  const types = (list ?? []).filter(isText);
  return { types, documents, complexity, business, language, confidence, missing, malformed };
}

/** Undefined for what stands for nothing. */
function given(value: unknown): unknown {
  return value === null || value === "" || value === "Not specified" ? undefined : value;
}

function kindOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : Array.isArray(value) ? "list" : typeof value;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function number(value: unknown, limit: number): number | null {
  return typeof value === "number" && value >= 0 && value <= limit ? Number(value.toFixed(6)) : null;
}

/** A condition as the URL has it, taken apart here by a way of its own: PATH:OP:VALUE. */
function insightMatches(json: string | null, condition: string): boolean {
  const [, path = "", operator = "", given = ""] =
    /^((?:[^\\:]|\\[\s\S])+):([a-z]+)(?::([\s\S]*))?$/.exec(condition) ?? [];
  let found: unknown = json === null ? null : JSON.parse(json);
  for (const [, escaped = ""] of path.matchAll(/((?:[^\\.]|\\[\s\S])+)\.?/g)) {
    const key = escaped.replace(/\\([\s\S])/g, "$1");
    found = Object.getOwnPropertyDescriptor(asObject(found), key)?.value;
  }
  if (operator === "exists" || operator === "missing") return (found === undefined) === (operator === "missing");
  const value = readJson(given);
  if (operator === "eq") return isEqual(found, value);
  if (operator === "has") return Array.isArray(found) && found.some((item) => isEqual(item, value));
  if (typeof found !== "number") return false;
  const bound = Number(value);
  if (operator === "gt" || operator === "gte") return found > bound || (operator === "gte" && found === bound);
  return found < bound || (operator === "lte" && found === bound);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(Reflect.get(one, key), Reflect.get(other, key)))
  );
}
