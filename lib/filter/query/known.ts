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

/** What is offered besides the facets' values: days, counted back from the desk's today, and paths of the insights. */
export type Known = { today: string | null; paths: KnownPath[] };

/** A value to offer: as it is in the URL, and in words. A `beginning` is only the start of one. */
export type KnownValue = { value: string; label: string; beginning?: boolean };

const day = 24 * 60 * 60_000;

/** Days people ask for, the nearest first. `today` is YYYY-MM-DD in the desk's zone. */
export function listKnownDays({ today }: Known): KnownValue[] {
  if (today === null) return [];
  // Days are computed in UTC, where every day has 24 hours.
  const ago = (days: number) => new Date(Date.parse(`${today}T00:00:00Z`) - days * day).toISOString().slice(0, 10);
  const [year = 0, month = 1] = today.split("-").map(Number);
  const lastMonth = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 10);
  const known = [
    { value: today, label: "Today" },
    { value: ago(1), label: "Yesterday" },
    { value: ago(7), label: "7 days ago" },
    { value: ago(30), label: "30 days ago" },
    { value: `${today.slice(0, 8)}01`, label: "First of this month" },
    { value: lastMonth, label: "First of last month" },
  ];
  return known.filter(({ value }, index) => known.findIndex((one) => one.value === value) === index);
}

/**
 * Conditions on paths of the insights that fit what is `typed`, the commonest path first. Those are paths with the text
 * in their name, and conditions whose value starts with it. After a whole path and its colon: the conditions on that
 * path.
 */
export function listKnownInsights({ paths }: Known, typed: string): KnownValue[] {
  const wanted = typed.toLowerCase();
  const whole = paths.find(({ path }) => typed.startsWith(`${path}:`));
  if (whole)
    return listConditions(whole).filter(({ value }) => value.toLowerCase().startsWith(wanted) && value !== typed);
  const byName = paths
    .filter(({ path }) => path.toLowerCase().includes(wanted))
    .sort((one, other) => Number(begins(other, wanted)) - Number(begins(one, wanted)))
    .map(({ path, kinds }) => ({ value: `${path}:`, label: kinds.join(", "), beginning: true }));
  if (wanted === "") return byName;
  const byValue = paths.flatMap((path) =>
    listConditions(path).filter(({ value }) => textOf(value).toLowerCase().startsWith(wanted)),
  );
  return [...byName, ...byValue];
}

const begins = ({ path }: KnownPath, wanted: string) => path.toLowerCase().startsWith(wanted);

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
      label: bound === "gte" ? "at least a number" : "at most a number",
      beginning: true,
    })),
    say({ path, operator: "exists" }),
    say({ path, operator: "missing" }),
  ];
}
