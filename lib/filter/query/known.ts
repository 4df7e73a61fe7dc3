import { foldPlain } from "@/lib/text/fold";
import { describeDay, namedDays, parseDay } from "../days";
import {
  describeInsightCondition,
  type InsightCondition,
  type Json,
  parseInsightCondition,
  printInsightCondition,
  readInsightPath,
} from "../insight/condition";

/** A path of the insights that contacts have, with the kinds of values there and the common ones. */
export type KnownPath = { path: string; kinds: string[]; values: { json: Json }[] };

/** What is offered besides the facets' values: paths of the insights. */
export type Known = { paths: KnownPath[] };

/** A value to offer: as it is in the URL, and in words. A `beginning` is only the start of one. */
export type KnownValue = { value: string; label: string; beginning?: boolean };

/** Days people ask for that have no name, the nearest first. */
const usualDays = ["-7d", "-30d", "-3m", "-12m"];

/**
 * Relative days that fit what is `typed`: those with a name, the usual ones, and `-14` as 14 days, weeks or months ago.
 */
export function listKnownDays(typed: string): KnownValue[] {
  const counted = /^-\d{1,3}$/.test(typed) ? ["d", "w", "m", "y"].map((unit) => `${typed}${unit}`) : usualDays;
  const [nearest, older] = [namedDays.slice(0, 6), namedDays.slice(6)];
  return [...nearest, ...counted, ...older].flatMap((text) => {
    const value = parseDay(text);
    return value === null ? [] : { value, label: capitalise(describeDay(value)) };
  });
}

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Conditions on paths of the insights that fit what is `typed`, the commonest path first. Those are paths with the text
 * in their name, and conditions whose value starts with it. After a whole path and its colon: the conditions on that
 * path.
 */
export function listKnownInsights({ paths }: Known, typed: string): KnownValue[] {
  const wanted = foldPlain(typed);
  const whole = paths.find(({ path }) => typed.startsWith(`${path}:`));
  if (whole) return listConditions(whole).filter(({ value }) => foldPlain(value).startsWith(wanted) && value !== typed);
  const byName = paths
    .filter(({ path }) => foldPlain(path).includes(wanted))
    .sort((one, other) => Number(begins(other, wanted)) - Number(begins(one, wanted)))
    .map(({ path, kinds }) => ({ value: `${path}:`, label: kinds.join(", "), beginning: true }));
  if (wanted === "") return byName;
  const byValue = paths.flatMap((path) =>
    listConditions(path).filter(({ value }) => foldPlain(textOf(value)).startsWith(wanted)),
  );
  return [...byName, ...byValue];
}

const begins = ({ path }: KnownPath, wanted: string) => foldPlain(path).startsWith(wanted);

/** The text of a condition's value. Without a value it is a NUL, which nothing that is typed matches. */
function textOf(condition: string): string {
  const parsed = parseInsightCondition(condition);
  return parsed && "value" in parsed ? String(parsed.value) : "\0";
}

function listConditions({ path: text, kinds, values }: KnownPath): KnownValue[] {
  const path = readInsightPath(text);
  if (!path) return [];
  const say = (condition: InsightCondition): KnownValue => ({
    value: printInsightCondition(condition),
    label: describeInsightCondition(condition),
  });
  const operator = kinds[0] === "list" ? "has" : "eq";
  const bounds = kinds.includes("number") ? (["gte", "lte"] as const) : [];
  return [
    ...values.map(({ json }) => say({ path, operator, value: json })),
    ...bounds.map((bound) => ({
      value: `${text}:${bound}:`,
      label: bound === "gte" ? "at least…" : "at most…",
      beginning: true,
    })),
    say({ path, operator: "exists" }),
    say({ path, operator: "missing" }),
  ];
}
