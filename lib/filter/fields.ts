import { longestInsightText, numberLimits } from "@/lib/contact/insight-limits";
import { isStatus, statusLabel, statusOrder } from "@/lib/contact/status";
import { isNotGiven } from "@/lib/database/not-given";
import { choice, type Field, id, notGivenLabel, person, range, several, storedLabel, text } from "./field-kinds";
import {
  describeInsightCondition,
  insightLimits,
  parseInsightCondition,
  printInsightCondition,
} from "./insight/condition";

/**
 * The one table of what contacts are filtered by. The URL, the query bar, the chips and the facets follow from it.
 * sql/fields.ts has each field's SQL, and the compiler checks it against this table. Fields are printed and shown in
 * the order of the table. docs/recipes.md says how to add one.
 *
 * A condition means the same everywhere: in lists, counts, facets, charts, exports and bulk changes.
 * - `key=a&key=b` is any of them, `-key=a&-key=b` none of them, `type.all=a&type.all=b` all of them. Fields are and-ed.
 * - An empty value is "not given": null, '' or 'Not specified'. All three mean the same: 'Not specified' is read as ''.
 * - A malformed part of the insights is "not given" too. Malformed is a text of more than 100 characters, or a word
 *   that is not one of its field's. So is a number outside its limits, or a value of another type.
 * - `-key=a` is the exact complement of `key=a`: it also keeps the contacts without any value.
 * - Text compares exactly as stored: case and spaces count.
 */
const table = {
  status: text("Status", 50, 20, { labelOf: statusValueLabel, known: statusOrder, first: statusOrder, example: "new" }),

  /** The person whom the contact is assigned to. */
  assignee: person("Assignee", 12),

  /** Whether its snooze ends in the future. A contact whose snooze is over is not snoozed. */
  snoozed: flag("Snoozed", "Snoozed", "Not snoozed"),

  /**
   * Whether its first response is late now. Such a contact is open, not snoozed and, as far as is known, was never
   * contacted. The response target of its service has passed since it was sent; only business time counts
   * (lib/desk/business-time.ts). A contact is never overdue if neither its service nor the desk has a target. A snooze
   * only hides a contact: the time of the snooze counts. The limits are those of the request (`Viewer`), so one page
   * gives one answer.
   */
  overdue: flag("First response", "Overdue", "Not overdue"),

  /** Whether its first response is due on the day of the desk on which it is asked, late by now or not. */
  due: choice("First response due", { today: "Due today" }, { notGiven: false, folded: true }),

  /** Whether it was snoozed and the snooze is over: at its time, or because the same address wrote again (sql/0965). */
  back: flag("Back from snooze", "Back from snooze", "Not back from snooze", { folded: true }),

  service: text("Service", 255, 12),
  source: text("Source", 100, 8, { folded: true }),

  /** The insights' `document_types`. Not given: it is not an array, or has no string but '' and 'Not specified'. */
  type: several(text("Document types", longestInsightText, 8)),

  language: text("Language", longestInsightText, 8, {
    labelOf: languageLabel,
    word: "lang",
    known: knownLanguages(),
    example: "en",
  }),
  confidence: choice("Confidence", { high: "High", medium: "Medium", low: "Low" }, { word: "conf" }),

  /**
   * content_analysis.has_business_content if that is a boolean, else the one at the top level, which older rows have.
   */
  business: choice("Business content", { true: "Yes", false: "No" }, { kind: "flag" }),

  /** The insights' total_documents, rounded to six decimals. Both ends of a range are included, here and below. */
  documents: range("Number of documents", numberLimits.documents, ["0", "1", "2-3", "4-"], { word: "docs", step: 1 }),
  complexity: range(
    "Complexity",
    numberLimits.complexity,
    ["-0.199999", "0.2-0.399999", "0.4-0.599999", "0.6-0.799999", "0.8-"],
    { example: ">0.5" },
  ),

  /**
   * missing: the insights are null or not an object, or one of the parts above is absent or malformed. A list of types
   * is malformed if anything in it is not a type; an empty list is sound.
   * malformed: those of the missing that hold something wrong. Null, '' and 'Not specified' count as absent, not as
   * malformed. If either place of `business` has a boolean, the other is ignored.
   */
  insights: choice(
    "Insights",
    { missing: "Missing or malformed", malformed: "Malformed" },
    { kind: "presence", notGiven: false },
  ),

  /** The contact has a document row of that type. */
  "document.type": text("Has a document of type", 100, 8, { word: "doctype", folded: true, belowPaths: true }),

  /** The contact has a document row with that processing status. */
  "document.status": text("Has a document that is", 50, 8, {
    labelOf: processingLabel,
    word: "docstatus",
    known: processingStatuses(),
    folded: true,
    belowPaths: true,
  }),

  company: text("Company", 255, 8, { folded: true, belowPaths: true }),
  page: text("Page", 2_000, 8, { folded: true, belowPaths: true }),

  /** The contacts that a batch of changes changed, whatever has become of them since. */
  batch: id("Bulk change"),

  /**
   * `PATH:OP:VALUE`: a condition on anything else in the insights (insight/condition.ts). None stands for "not
   * given": `missing` asks for that, and `eq` compares '' and 'Not specified' as the texts they are. Insights that are
   * null or not an object have no paths.
   */
  insight: several({
    label: "Insights",
    kind: "path",
    parse: (value) => {
      const condition = parseInsightCondition(value);
      return condition && printInsightCondition(condition);
    },
    labelOf: (value) => {
      const condition = parseInsightCondition(value);
      return condition ? describeInsightCondition(condition) : value;
    },
    expected: `a path, an operator and a value, such as content_analysis.tone:eq:formal, with at most ${insightLimits.keys} keys`,
    facet: null,
    notGiven: false,
    several: false,
  }),
} satisfies Record<string, Field>;

/** A field's name in a URL. */
export type FieldKey = keyof typeof table;

/** The fields that have a facet. */
export type FacetKey = { [Key in FieldKey]: (typeof table)[Key]["facet"] extends null ? never : Key }[FieldKey];

/** The fields of which a contact can have several values. */
export type SeveralKey = { [Key in FieldKey]: (typeof table)[Key]["several"] extends true ? Key : never }[FieldKey];

export const fields: Record<FieldKey, Field> = table;

/** The fields in the order they are printed and shown. */
export const fieldKeys = Object.keys(table) as FieldKey[];

/** The fields that have a facet, in the same order. */
export const facetKeys = fieldKeys.filter((key): key is FacetKey => fields[key].facet !== null);

/** Whether a name is a field's. */
export function isFieldKey(name: string): name is FieldKey {
  return Object.hasOwn(table, name);
}

/** The canonical form of a value of a field as it stands in a URL ("" = not given), or null when it is malformed. */
export function parseFieldValue(key: FieldKey, value: string): string | null {
  if (isNotGiven(value)) return fields[key].notGiven ? "" : (fields[key].empty ?? null);
  return fields[key].parse(value);
}

/** The values that a field's facet always lists; none if it lists the commonest stored ones. */
export function listedValues(key: FieldKey): readonly string[] {
  const { facet } = fields[key];
  return facet && "listed" in facet ? facet.listed : [];
}

/**
 * The values in the order people read them: first the field's `first` or listed values in their own order, then all
 * others as given.
 */
export function inFacetOrder(key: FieldKey, values: string[]): string[] {
  const first = fields[key].first ?? listedValues(key);
  return [...first.filter((value) => values.includes(value)), ...values.filter((value) => !first.includes(value))];
}

/** A yes-or-no field that is never unknown. */
function flag(label: string, yes: string, no: string, more: { folded?: true } = {}) {
  return choice(label, { true: yes, false: no }, { kind: "flag", notGiven: false, ...more });
}

/** Codes of the languages that can be asked for by name. */
function knownLanguages(): string[] {
  return "en de fr es it pt nl pl sv da no nb fi cs sk hu ro bg el ru uk tr ar he fa hi bn ur zh ja ko th vi id".split(
    " ",
  );
}

/** A status of the desk by its label, any other as it is stored. */
function statusValueLabel(value: string): string {
  if (value === "" || isStatus(value)) return statusLabel(value);
  return storedLabel(value, [statusLabel(""), ...statusOrder.map(statusLabel)]);
}

/**
 * A language by its English name, or by its code where it has none. Several codes name one language, such as EN and en:
 * all but the canonical one (BCP 47) also show themselves.
 */
function languageLabel(code: string): string {
  if (code === "") return notGivenLabel;
  const name = nameLanguage(code);
  if (name === null)
    return storedLabel(
      code,
      knownLanguages().flatMap((known) => nameLanguage(known) ?? []),
    );
  return Intl.getCanonicalLocales(code)[0] === code ? name : `${name} (${code})`;
}

/** Made once, when the first language is named. */
let languageNames: Intl.DisplayNames | undefined;

/** Null for a text that is no code, or has no name. */
function nameLanguage(code: string): string | null {
  languageNames ??= new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  try {
    return languageNames.of(code) ?? null;
  } catch {
    return null;
  }
}

/** The pipeline's statuses of a document, in order. */
function processingStatuses(): string[] {
  return ["pending", "processing", "completed", "failed"];
}

/** The label of a document's processing status; one that the pipeline does not have is shown as stored. */
function processingLabel(status: string): string {
  const labels = processingStatuses().map((known) => known.charAt(0).toUpperCase() + known.slice(1));
  const known = processingStatuses().indexOf(status);
  return labels[known] ?? (status === "" ? notGivenLabel : storedLabel(status, labels));
}
