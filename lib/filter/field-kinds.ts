import { isUuid } from "@/lib/database/values";
import { formatCount, joinAlternatives } from "@/lib/desk/wording";
import { markHidden } from "@/lib/text/visible-text";
import { describeRange, parseRange, printRange } from "./ranges";

/** How a field's facet finds its values: the commonest stored ones, or a list of its own. */
export type FacetValues = { commonest: number } | { listed: readonly string[] };

/** A person who can be named. */
export type Named = { id: string; name: string };

/** What the browser and the server both know of a field. sql/fields.ts has its SQL. */
export type Field<Facet extends FacetValues | null = FacetValues | null, Several extends boolean = boolean> = {
  label: string;
  /** Its name in the query bar, if the key is too long to type. The key is understood there too. */
  word?: string;
  /** Values offered while typing besides the stored ones. They are understood by their label too. */
  known?: readonly string[];
  /** Values that come first, in this order, wherever values are listed. All others follow. */
  first?: readonly string[];
  /** The smallest difference between two values of a range. */
  step?: number;
  /**
   * text: any stored text. choice: one of a few. flag: true or false. range: a range of numbers. presence: a word for
   * what is wrong. id: an id, which says nothing to people. person: one of the staff. path: a condition with its own
   * syntax.
   */
  kind: "text" | "choice" | "flag" | "range" | "presence" | "id" | "person" | "path";
  /** The canonical value, or null when it is malformed. Values that stand for "not given" never reach it. */
  parse: (text: string) => string | null;
  /** The label of a value in a chip or a facet, "" included. `people` are those it may name. */
  labelOf: (value: string, people?: readonly Named[]) => string;
  /** What a valid value looks like, after "needs", for the message on the page. */
  expected: string;
  /** A value to type after the name in the query bar, for the message when none was typed. */
  example?: string;
  /** Null where the field has no facet, because it has too many values to count. */
  facet: Facet;
  /** The facet's section starts folded, because it is seldom asked for. */
  folded?: true;
  /** The facet's section stands below the paths of the insights. */
  belowPaths?: true;
  /** Whether "" (not given) can be asked for. */
  notGiven: boolean;
  /** What an empty value is read as, if "" is not one of its values. */
  empty?: string;
  /** Whether a contact can have several values, so that "all of" makes sense. */
  several: Several;
};

/** What an entry may override of the fields of its kind. */
type More = Partial<Omit<Field, "facet" | "several">>;

type WithFacet = Field<FacetValues, false>;

/** The label of "not given". */
export const notGivenLabel = "Not given";

/**
 * The label of a stored value, which no other value has: what cannot be seen is marked, and a value that reads like one
 * of the field's own labels (`labels`, or "Not given") is in quotation marks.
 */
export function storedLabel(value: string, labels: readonly string[] = []): string {
  const label = markHidden(value);
  return label === notGivenLabel || labels.includes(label) ? `“${label}”` : label;
}

/** A field of whatever text is stored, of at most `longest` characters. Its facet has the `commonest` values. */
export function text(label: string, longest: number, commonest: number, more: More = {}): WithFacet {
  return {
    label,
    kind: "text",
    parse: (value) => ([...value].length <= longest ? value : null),
    labelOf: (value) => (value === "" ? notGivenLabel : storedLabel(value)),
    expected: `at most ${longest} characters`,
    facet: { commonest },
    notGiven: true,
    several: false,
    ...more,
  };
}

/** A field with one of the values that `labels` names, or none. */
export function choice(label: string, labels: Record<string, string>, more: More = {}): WithFacet {
  const values = Object.keys(labels);
  const { notGiven = true } = more;
  return {
    label,
    kind: "choice",
    parse: (value) => (values.includes(value) ? value : null),
    labelOf: (value) => (Object.hasOwn(labels, value) ? labels[value] : undefined) ?? notGivenLabel,
    expected: joinAlternatives(values),
    example: values[0],
    facet: { listed: notGiven ? [...values, ""] : values },
    notGiven,
    several: false,
    ...more,
  };
}

/** A field of numbers from 0 to `limit`, filtered by ranges. Its facet counts the `listed` ranges. */
export function range(label: string, limit: number, listed: string[], more: More = {}): WithFacet {
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
    expected: `a number or a range, such as ${listed.slice(-2).join(" or ")}, from 0 to ${formatCount(limit)}`,
    example: ">2",
    facet: { listed: [...listed, ""] },
    notGiven: true,
    several: false,
    step: 1e-6,
    ...more,
  };
}

/** A field of ids. They say nothing to people, so it has no facet. */
export function id(label: string, more: More = {}): Field<null, false> {
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

/** Words that may stand in place of a person's id. */
const personWords: Record<string, string> = { me: "Me", none: "Nobody" };

/**
 * A field of people on the staff: `me` for whoever asks, `none` for nobody, or an id. Its facet has the `commonest`.
 */
export function person(label: string, commonest: number, more: More = {}): WithFacet {
  const wordOf = (value: string) => (Object.hasOwn(personWords, value) ? personWords[value] : undefined);
  return {
    label,
    kind: "person",
    known: Object.keys(personWords),
    parse: (value) => (wordOf(value) ? value : isUuid(value) ? value.toLowerCase() : null),
    labelOf: (value, people = []) => wordOf(value) ?? people.find((one) => one.id === value)?.name ?? "Unknown person",
    expected: "me, none or the name of someone on the staff",
    example: "me",
    facet: { commonest },
    notGiven: false,
    empty: "none",
    several: false,
    ...more,
  };
}

/** The same field, but a contact can have several values of it. */
export function several<Facet extends FacetValues | null>(field: Field<Facet, false>): Field<Facet, true> {
  return { ...field, several: true };
}
