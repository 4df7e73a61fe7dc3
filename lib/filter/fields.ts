import { longestInsight, numberLimits } from "@/lib/contact/insight-limits";
import { statusLabel, statusOrder } from "@/lib/contact/status";
import { isNotGiven } from "@/lib/database/not-given";
import { isUuid } from "@/lib/database/values";
import { describeInsight, insightLimits, parseInsight, printInsight } from "./insight/path";
import { describeRange, parseRange, printRange } from "./ranges";

/**
 * The one table of what contacts are filtered by. Parser, printer, chips, facets and the SQL of predicate.ts follow it.
 *
 * What a condition means, everywhere (list, counts, facets, charts, export, bulk changes):
 * - `key=a&key=b` any of them; `-key=a&-key=b` none of them; `type.all=a&type.all=b` all of them. Fields are and-ed.
 * - An empty value is "not given": null, '' or 'Not specified'. Those three mean the same, so 'Not specified' is read as ''.
 * - Of the insights, "not given" is also whatever is not what it should be: a language that is no text or longer than
 *   100 characters, a confidence other than high, medium, low, a number outside its limits or no number, a `business` that is
 *   no boolean, no list of types or none in it that is a text that is given.
 * - `-key=a` is the exact complement of `key=a`: it keeps the contacts of which nothing is known.
 * - Text compares exactly as stored: case and spaces count.
 * - `documents` and `complexity` are numbers within 0…1,000,000 and 0…1, rounded to six decimals; ends of a range are included.
 * - `business`: content_analysis.has_business_content where that is a boolean, else the one at the top level (older rows).
 * - `insights=missing`: null, not an object, or any part (total_documents, document_types, business, confidence, language,
 *   complexity) absent or malformed; a list of types is malformed when anything in it is not a type. An empty one is sound.
 * - `insights=malformed`: those of them in which something is there and not what it should be: insights or a content_analysis
 *   that are no object, a part that is malformed. What is null, '' or 'Not specified' is absent, and so not malformed. Where
 *   either of the two places of `business` has a boolean, what the other holds does not matter.
 * - `insight=PATH:OP:VALUE`: whatever else the insights hold, as insight-path.ts says. Nothing in it stands for "not given":
 *   `missing` asks for that, and `eq` compares '' and 'Not specified' as the texts they are. Insights that are null or no
 *   object have no path at all. `insight.all` asks for several conditions at once.
 * - `assignee`: whose the contact is: `me` for whoever asks, `none` for nobody's (an empty value is read as that), or an id.
 * - `snoozed`: whether it is put off until a time that has not come yet. What is back from its snooze is not snoozed.
 * - `overdue`: whether its first answer is late now: it is open (new or in review), not snoozed, was never contacted as far as
 *   is known, and since it was sent at least the response target of its service has passed in business time. Where neither
 *   its service nor the desk as a whole has a target, it is not. Days on which the desk is closed do not count, nor do the
 *   hours outside the desk's; how a clock change counts is said in lib/desk/business-time.ts. A snooze only hides it: the
 *   time of the snooze counts. The limits are those of the request (`Viewer`): what is true of a row is so at that instant.
 * - `batch`: the contacts that a batch of changes changed, whatever has become of them since.
 * - `document.type`, `document.status`: the contact has a document row with that value.
 */
export type FieldKey =
  | "status"
  | "assignee"
  | "snoozed"
  | "overdue"
  | "service"
  | "source"
  | "company"
  | "page"
  | "batch"
  | "type"
  | "language"
  | "confidence"
  | "business"
  | "documents"
  | "complexity"
  | "insights"
  | "document.type"
  | "document.status"
  | "insight";

/** How a field's facet finds its values: the commonest stored ones, or a list of its own. */
export type FacetValues = { commonest: number } | { listed: string[] };

/** Somebody who can be named. */
export type Named = { id: string; name: string };

export type Field = {
  label: string;
  /** Its name in the query bar, where the key is too long to type; the key is understood there too. */
  word?: string;
  /** Values that are offered while typing, and understood by their label, beside those that are stored. */
  known?: readonly string[];
  /** The least step between two values of a range. */
  step?: number;
  /**
   * text: whatever is stored; choice: one of a few; flag: true or false; range: of numbers; presence: a word for what is not
   * as it should be; id: of something that has a name, or says nothing to people; path: a condition of its own.
   */
  kind: "text" | "choice" | "flag" | "range" | "presence" | "id" | "path";
  /** The canonical value, or null when it is malformed. Empty and 'Not specified' never reach it. */
  parse: (text: string) => string | null;
  /** How a value reads in a chip or a facet, "" included; `people` are those it may name. */
  labelOf: (value: string, people?: readonly Named[]) => string;
  /** What a value should have been, for the page to say. */
  expected: string;
  /** Null: there are too many values to count, so it has no facet. */
  facet: FacetValues | null;
  /** Whether "" (not given) can be asked for. */
  notGiven: boolean;
  /** The word that an empty value is read as, where "" is none of its values. */
  empty?: string;
  /** Whether a contact can have several values, so that "all of" makes sense. */
  several: boolean;
};

const notGivenLabel = "Not given";

function text(label: string, longest: number, commonest: number, more: Partial<Field> = {}): Field {
  return {
    label,
    kind: "text",
    parse: (value) => ([...value].length <= longest ? value : null),
    labelOf: (value) => value || notGivenLabel,
    expected: `at most ${longest} characters`,
    facet: { commonest },
    notGiven: true,
    several: false,
    ...more,
  };
}

function choice(label: string, labels: Record<string, string>, more: Partial<Field> = {}): Field {
  const values = Object.keys(labels);
  return {
    label,
    kind: "choice",
    parse: (value) => (values.includes(value) ? value : null),
    labelOf: (value) => (Object.hasOwn(labels, value) ? labels[value] : undefined) ?? notGivenLabel,
    expected: values.join(" or "),
    facet: { listed: [...values, ""] },
    notGiven: true,
    several: false,
    ...more,
  };
}

function range(label: string, limit: number, listed: string[], more: Partial<Field> = {}): Field {
  return {
    label,
    kind: "range",
    parse: (value) => {
      const parsed = parseRange(value, limit);
      return parsed && printRange(parsed);
    },
    labelOf: (value) => {
      const parsed = parseRange(value, limit);
      return parsed ? describeRange(parsed) : notGivenLabel;
    },
    expected: `a range such as ${listed.slice(-2).join(" or ")}, within 0 and ${limit.toLocaleString("en")}`,
    facet: { listed: [...listed, ""] },
    notGiven: true,
    several: false,
    step: 1e-6,
    ...more,
  };
}

function id(label: string, more: Partial<Field> = {}): Field {
  return {
    label,
    kind: "id",
    parse: (value) => (isUuid(value) ? value.toLowerCase() : null),
    labelOf: (value) => value,
    expected: "an id such as 3f0c8a1e-5b7d-4c2a-9e64-1d2f3a4b5c6d",
    facet: null,
    notGiven: false,
    several: false,
    ...more,
  };
}

/** Words that stand where an assignee's id could. */
const assigneeWords: Record<string, string> = { me: "Me", none: "Nobody" };

/** Languages that can be asked for by name. */
const knownLanguages: readonly string[] =
  "en de fr es it pt nl pl sv da no nb fi cs sk hu ro bg el ru uk tr ar he fa hi bn ur zh ja ko th vi id".split(" ");

/** A language by its English name, or by its code where it has none. */
function languageLabel(code: string): string {
  if (code === "") return notGivenLabel;
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What the pipeline makes of a document, in order. */
const processingStatuses: readonly string[] = ["pending", "processing", "completed", "failed"];

/** How a document's processing status reads, as stored where it is not one of the pipeline's. */
function processingLabel(status: string): string {
  const known = processingStatuses.includes(status);
  return known ? status.charAt(0).toUpperCase() + status.slice(1) : status || notGivenLabel;
}

export const fields: Record<FieldKey, Field> = {
  status: text("Status", 50, 20, { labelOf: (value) => statusLabel(value), known: statusOrder }),
  assignee: id("Assignee", {
    known: Object.keys(assigneeWords),
    parse: (value) => (Object.hasOwn(assigneeWords, value) ? value : isUuid(value) ? value.toLowerCase() : null),
    labelOf: (value, people = []) =>
      (Object.hasOwn(assigneeWords, value) ? assigneeWords[value] : people.find((one) => one.id === value)?.name) ??
      "Somebody unknown here",
    expected: "me, none, or somebody on the staff",
    facet: { commonest: 12 },
    empty: "none",
  }),
  snoozed: choice(
    "Snoozed",
    { true: "Snoozed", false: "Not snoozed" },
    {
      kind: "flag",
      facet: { listed: ["true", "false"] },
      notGiven: false,
    },
  ),
  overdue: choice(
    "First answer",
    { true: "Overdue", false: "Not overdue" },
    {
      kind: "flag",
      facet: { listed: ["true", "false"] },
      notGiven: false,
    },
  ),
  service: text("Service", 255, 12),
  source: text("Source", 100, 8),
  type: text("Document types", longestInsight, 8, { several: true }),
  language: text("Language", longestInsight, 8, { labelOf: languageLabel, word: "lang", known: knownLanguages }),
  confidence: choice("Confidence", { high: "High", medium: "Medium", low: "Low" }, { word: "conf" }),
  business: choice("Business content", { true: "Yes", false: "No" }, { kind: "flag" }),
  documents: range("Number of documents", numberLimits.documents, ["0", "1", "2-3", "4-"], { word: "docs", step: 1 }),
  complexity: range("Complexity", numberLimits.complexity, [
    "-0.199999",
    "0.2-0.399999",
    "0.4-0.599999",
    "0.6-0.799999",
    "0.8-",
  ]),
  insights: choice(
    "Insights",
    { missing: "Missing or malformed", malformed: "Malformed" },
    { kind: "presence", notGiven: false },
  ),
  "document.type": text("Has a document of type", 100, 8, { word: "doctype" }),
  "document.status": text("Has a document that is", 50, 8, {
    labelOf: processingLabel,
    word: "docstatus",
    known: processingStatuses,
  }),
  company: text("Company", 255, 8),
  page: text("Page", 2_000, 8),
  batch: id("Changed together as"),
  insight: {
    label: "Insight",
    kind: "path",
    parse: (value) => {
      const condition = parseInsight(value);
      return condition && printInsight(condition);
    },
    labelOf: (value) => {
      const condition = parseInsight(value);
      return condition ? describeInsight(condition) : value;
    },
    expected: `a path, an operator and a value such as content_analysis.tone:eq:formal, with at most ${insightLimits.keys} keys`,
    facet: null,
    notGiven: false,
    several: true,
  },
};

/** The fields in the order they are printed and shown. */
export const fieldKeys = Object.keys(fields) as FieldKey[];

/** Whether a name is a field's. */
export function isFieldKey(name: string): name is FieldKey {
  return Object.hasOwn(fields, name);
}

/** The canonical form of a value of a field as it stands in a URL ("" = not given), or null when it is malformed. */
export function parseFieldValue(key: FieldKey, value: string): string | null {
  if (isNotGiven(value)) return fields[key].notGiven ? "" : (fields[key].empty ?? null);
  return fields[key].parse(value);
}

/** The values in the order people read them: statuses in triage order, listed ones as listed, then all others as given. */
export function inFacetOrder(key: FieldKey, values: string[]): string[] {
  const { facet } = fields[key];
  const first: readonly string[] = key === "status" ? statusOrder : facet && "listed" in facet ? facet.listed : [];
  return [...first.filter((value) => values.includes(value)), ...values.filter((value) => !first.includes(value))];
}
