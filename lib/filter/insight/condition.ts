import { isStorable } from "@/lib/database/values";
import { markHidden } from "@/lib/text/visible-text";

/**
 * A condition on any path of the insights, as it stands in a URL: `PATH:OP:VALUE`.
 *
 * - PATH: keys of objects, separated by dots; `\` makes the next character itself (`\.`, `\:`, `\\`). It leads through
 *   objects only: a list has no keys, so `document_types.0` is never the first type.
 * - VALUE: JSON where it parses, else a string: `5` is the number, `"5"` and `formal` are strings.
 * - `eq`: exactly that value; lists by order, objects by all their keys, numbers by size (1.0 is 1).
 * - `has`: a list with an element that is exactly that value.
 * - `gt`, `gte`, `lt`, `lte`: a number, compared exactly; anything but a number does not match.
 * - `exists`: the key is there, whatever it holds, null included. `missing`: the exact complement.
 */
export type InsightCondition =
  | { path: string[]; operator: "eq" | "has"; value: Json }
  | { path: string[]; operator: "gt" | "gte" | "lt" | "lte"; value: number }
  | { path: string[]; operator: "exists" | "missing" };

export type InsightOperator = InsightCondition["operator"];

/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Characters and keys beyond which a condition is malformed. */
export const insightLimits = { keys: 8, key: 200, value: 500 } as const;

/** Numbers that JavaScript and PostgreSQL read alike: not too many digits, and neither huge nor next to nothing. */
const saneNumber = { digits: 15, most: 1e15, least: 1e-15 };

/** Reads a condition; null when it is malformed. */
export function parseInsightCondition(text: string): InsightCondition | null {
  const read = readPath(text);
  if (!read) return null;
  const { path, rest } = read;
  const colon = rest.indexOf(":");
  const operator = colon < 0 ? rest : rest.slice(0, colon);
  if (operator === "exists" || operator === "missing") return colon < 0 ? { path, operator } : null;
  if (colon < 0) return null;
  const value = readValue(rest.slice(colon + 1));
  if (value === undefined || printValue(value).length > insightLimits.value) return null;
  if (operator === "eq" || operator === "has") return { path, operator, value };
  if (operator !== "gt" && operator !== "gte" && operator !== "lt" && operator !== "lte") return null;
  return typeof value === "number" ? { path, operator, value } : null;
}

/** The keys of a path that stands alone, as `printPath` writes it; null when it is malformed. */
export function readInsightPath(text: string): string[] | null {
  return parseInsightCondition(`${text}:exists`)?.path ?? null;
}

/** The one way to write a condition. `parseInsightCondition` gives it back. */
export function printInsightCondition(condition: InsightCondition): string {
  const start = `${printPath(condition.path)}:${condition.operator}`;
  return "value" in condition ? `${start}:${printValue(condition.value)}` : start;
}

/** The keys of a path, escaped and separated by dots. */
export function printPath(path: string[]): string {
  return path.map((key) => key.replace(/[\\.:]/g, "\\$&")).join(".");
}

/** A condition in words: "content_analysis.tone: formal", "score: over 5", "tags: has urgent", "tone: missing". */
export function describeInsightCondition(condition: InsightCondition): string {
  const words: Record<InsightOperator, string> = {
    eq: "",
    has: "has ",
    gt: "over ",
    gte: "at least ",
    lt: "under ",
    lte: "at most ",
    exists: "present",
    missing: "missing",
  };
  const value = "value" in condition ? describeJson(condition.value) : "";
  return `${printPath(condition.path)}: ${words[condition.operator]}${value}`;
}

/**
 * A value as people read it: a text as it is, anything else as JSON. A text that would read like JSON, such as "5", is
 * in its quotes, and what cannot be seen of one is marked.
 */
export function describeJson(value: Json): string {
  const isPlain = typeof value === "string" && !/^(?:$|null$|true$|false$|-?\d|["[{])/.test(value);
  return isPlain ? markHidden(value) : JSON.stringify(value);
}

/** Whether no index can answer it. The index on the insights finds values; it cannot find keys or compare sizes. */
export function isBroad(condition: InsightCondition): boolean {
  return condition.operator !== "eq" && condition.operator !== "has" ? true : !holdsValue(condition.value);
}

function holdsValue(json: Json): boolean {
  return typeof json !== "object" || json === null || Object.values(json).some(holdsValue);
}

/** The keys before the first colon that is not escaped, and the text after it. */
function readPath(text: string): { path: string[]; rest: string } | null {
  const path: string[] = [];
  let key = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") {
      at++;
      if (at === text.length) return null;
      key += text.charAt(at);
    } else if (character === "." || character === ":") {
      if (key === "" || key.length > insightLimits.key) return null;
      path.push(key);
      if (path.length > insightLimits.keys) return null;
      if (character === ":") return { path, rest: text.slice(at + 1) };
      key = "";
    } else key += character;
  }
  return null;
}

function readValue(text: string): Json | undefined {
  if (text.length > insightLimits.value) return undefined;
  const parsed = parseJson(text);
  if (parsed === undefined) return text;
  // Only the text tells how many digits a number was given with.
  const numbers = text.replace(/"(?:\\.|[^"\\])*"/g, "").match(/\d[\d.]*(?:e[+-]?\d+)?/gi) ?? [];
  return numbers.every(isSaneNumber) ? canonical(parsed) : undefined;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSaneNumber(text: string): boolean {
  const size = Number(text);
  const digits = (text.split(/e/i)[0] ?? "").replace(".", "").replace(/^0+/, "");
  const { most, least } = saneNumber;
  // Trailing zeros are not counted. A text that is read as 0 must be 0: 1e-400 is not.
  if (size === 0) return digits === "";
  return digits.replace(/0+$/, "").length <= saneNumber.digits && size <= most && size >= least;
}

/** The value with its keys in one order; undefined where PostgreSQL cannot store it. */
function canonical(value: Json): Json | undefined {
  if (typeof value === "string") return isStorable(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (typeof value !== "object" || value === null) return value === 0 ? 0 : value;
  const entries: [string, Json][] = [];
  for (const key of Object.keys(value).sort()) {
    const inner = canonical(value[key] as Json);
    if (inner === undefined || !isStorable(key)) return undefined;
    entries.push([key, inner]);
  }
  return Object.fromEntries(entries);
}

function printValue(value: Json): string {
  return typeof value === "string" && parseJson(value) === undefined ? value : JSON.stringify(value);
}
