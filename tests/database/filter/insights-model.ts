/** Reads stored insights in plain TypeScript that uses none of the product's code. */

/** Whether a text means "not given". */
export function blank(text: string | null): boolean {
  return text === null || text === "" || text === "Not specified";
}

const read = new Map<string | null, ReturnType<typeof parseInsights>>();

/** The parts of insights that the filter knows, from their JSON text. */
export function readInsights(json: string | null): ReturnType<typeof parseInsights> {
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
  // A part is present but has no valid value.
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

/** Undefined for a value that means "nothing". */
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

/** Parses a condition of the URL, PATH:OP:VALUE, independently of the product. */
export function insightConditionMatches(json: string | null, condition: string): boolean {
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
