import { foldPlain, isSameText } from "@/lib/text/fold";
import { hexOf, replaceHidden } from "@/lib/text/visible-text";
import { parseDay } from "../days";
import type { Named } from "../field-kinds";
import { type FieldKey, fields, listedValues, parseFieldValue } from "../fields";
import { parseRange } from "../ranges";
import { curlyQuotes } from "../words";
import type { QueryName } from "./names";
import type { QueryValue } from "./scan";

/** A value as it is written after a name's colon: bare if that reads as the same value, else in quotes. */
export function printQueryValue(name: QueryName, value: string): string {
  const bare = name.field === null ? value : value === "" ? "none" : printRangeText(name.field, value);
  const safe = bare !== "" && bareValue.test(bare) && replaceHidden(bare, () => "") === bare;
  if (safe && readQueryValue(name, { text: bare, quoted: false }) === value) return bare;
  const escaped = value.replace(/["\\]/g, "\\$&");
  // A line of input drops line ends, and nobody sees the others.
  return `"${replaceHidden(escaped, (character) => `\\u{${hexOf(character)}}`)}"`;
}

/** The value in the form that the URL has. It may be malformed: the URL parser checks that. */
export function readQueryValue(
  { key, field }: Pick<QueryName, "key" | "field">,
  { text, quoted }: Pick<QueryValue, "text" | "quoted">,
  people: readonly Named[] = [],
): string {
  if (key === "from" || key === "to") return readDay(text);
  if (field === null) return text;
  if (text === "none" && !quoted && fields[field].notGiven) return "";
  const ranged = fields[field].kind === "range" ? readRange(field, text) : text;
  const known = findKnown(field, text);
  // In quotes a value is exactly what is stored, unless the field has no such value.
  if (known !== undefined && (!quoted || parseFieldValue(field, text) === null)) return known;
  if (fields[field].kind === "person") return findPerson(text, people) ?? text;
  return ranged;
}

/** A day as people write it: "Last week", "7 days ago", "-07D". */
function readDay(text: string): string {
  const simple = simplify(text);
  return parseDay(simple.replace(/^(\d{1,3})-([dwmy])(?:ay|eek|onth|ear)s?-ago$/, "-$1$2")) ?? text;
}

/**
 * The id of the person of that name; none where several have it. Accents tell apart only those who differ in nothing
 * else.
 */
function findPerson(name: string, people: readonly Named[]): string | undefined {
  const called = people.filter((one) => simplify(one.name.trim()) === simplify(name.trim()));
  const [found, ...others] = called.length > 1 ? called.filter((one) => isSameText(one.name, name)) : called;
  return others.length === 0 ? found?.id : undefined;
}

/** A known value by its label or in another case: `German`, `in-review`, `Yes`. */
function findKnown(field: FieldKey, text: string): string | undefined {
  const { known = listedValues(field), labelOf, kind } = fields[field];
  if (kind === "range") return undefined;
  const values = known.filter((value) => value !== "");
  const wanted = simplify(text);
  return (
    values.find((value) => value === text) ??
    values.find((value) => [value, labelOf(value), answers[value] ?? value].map(simplifyKnown).includes(wanted))
  );
}

/** Text that a bare value can be: whoever reads it must not take its first character for a quote. */
const bareValue = new RegExp(`^[^\\s",${curlyQuotes}][^\\s,]*$`);

/** How people say true and false, whatever the labels are. */
const answers: Record<string, string> = { true: "yes", false: "no" };

const simplified = new Map<string, string>();

/**
 * The same of a known value or label. They are few, and compared with everything that is typed, so it is remembered.
 */
function simplifyKnown(text: string): string {
  const known = simplified.get(text) ?? simplify(text);
  simplified.set(text, known);
  return known;
}

/** A label or value in the form that is compared with typed text: plain, and spaces, "_" and "-" do not count. */
export function simplify(text: string): string {
  return foldPlain(text).replace(/[ _-]+/g, "-");
}

/** `>2`, `>=2`, `<5`, `<=5` as a range (../ranges.ts), whose ends are included; any other text as it is. */
function readRange(field: FieldKey, text: string): string {
  const [, comparison = "", digits = ""] = /^([<>]=?)(\d{1,7}(?:\.\d{1,6})?)$/.exec(text) ?? [];
  const step = fields[field].step ?? 0;
  const end = Number(digits);
  if (comparison === ">=") return `${digits}-`;
  if (comparison === "<=") return `-${digits}`;
  if (comparison === ">") return `${round((Math.floor(end / step + 1e-3) + 1) * step)}-`;
  // Nothing is less than 0, so that is no range. It stays as it is, and is refused.
  if (comparison === "<" && end > 0) return `-${round((Math.ceil(end / step - 1e-3) - 1) * step)}`;
  return text;
}

const round = (size: number) => size.toFixed(6).replace(/\.?0+$/, "");

/** A canonical range as people write it, any other value as it is. */
function printRangeText(field: FieldKey, value: string): string {
  const { kind, step = 0 } = fields[field];
  const range = kind === "range" ? parseRange(value, Number.POSITIVE_INFINITY) : null;
  if (!range || range.least === range.most || (range.least !== null && range.most !== null)) return value;
  const { least, most } = range;
  const isFine = (end: string) => step < 1 && /\.\d{6}$/.test(end);
  if (least !== null) return isFine(least) ? `>${round(Number(least) - step)}` : `>=${least}`;
  return most !== null && isFine(most) ? `<${round(Number(most) + step)}` : `<=${most}`;
}
