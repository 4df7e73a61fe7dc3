import { type FieldKey, fields, listedValues } from "../fields";
import { sorts } from "../filter";
import { parseInsightCondition } from "../insight/condition";
import { sortLabels } from "../sort-labels";
import { type Known, listKnownDays, listKnownInsights } from "./known";
import { findQueryName, type QueryName, queryNames } from "./names";
import { openingQuote, type QueryTerm, type QueryValue, scanQuery } from "./scan";
import { printQueryValue, simplify } from "./values";

/** Values that contacts have, from the page's facets. If they are not `exact`, there may be more contacts with each. */
export type OfferedValues = {
  key: FieldKey;
  values: { value: string; label: string; count: number }[];
  exact: boolean;
}[];

/** What a query can be completed from. */
export type Offered = Known & { facets: OfferedValues };

/**
 * An option: the text to put into the query, and what it means. `count` is of contacts, null if it is not known. If it
 * is not `exact`, there are at least as many. A `beginning` is a name or a path, after which more is typed.
 */
export type Completion = { text: string; label: string; count: number | null; exact?: boolean; beginning?: boolean };

/**
 * The options at the caret. The chosen option's text replaces the text from `start` to `end`. `likely`: Enter should
 * take the first option. That is so for values, unless a value is complete already. Names of filters are only offered.
 */
export type Completions = { start: number; end: number; options: Completion[]; likely: boolean };

/** Options at once, because nobody reads more. */
const mostOptions = 8;

/**
 * The options for a query's text at the caret (in UTF-16 units): after `key:` its values, else names of filters and
 * values that start with the typed word. `asked` also lists all names if nothing has been typed yet.
 */
export function completeQuery(text: string, caret: number, offered: Offered, asked = false): Completions {
  const none = { start: caret, end: caret, options: [], likely: false };
  const token = scanQuery(text).find(({ start, end }) => start < caret && caret <= end);
  if (!token) return asked ? { ...none, options: listNames("", "") } : none;
  if (token.kind === "term") return completeTerm(text, caret, token, offered) ?? none;
  const [whole, minus = "", typed = ""] = /(?<=^|\s)(-?)([^\s":]+)$/.exec(text.slice(token.start, caret)) ?? [];
  if (whole === undefined || /^\S/.test(text.slice(caret))) return none;
  const options = [...listNames(minus, typed), ...listValuesAnywhere(minus, typed, offered)];
  return { start: caret - whole.length, end: caret, options: options.slice(0, mostOptions), likely: false };
}

function completeTerm(text: string, caret: number, term: QueryTerm, offered: Offered): Completions | null {
  const at = term.values.find(({ start, end }) => start <= caret && caret <= end);
  const name = findQueryName(term);
  if (!at || !name || caret < term.nameEnd) return null;
  if (name.field !== null && fields[name.field].kind === "path")
    return completeInsightCondition(text, caret, at, name, offered);
  const typed = simplify(text.slice(at.start, caret).replace(openingQuote, ""));
  const taken = term.values.filter((value) => value !== at).map((value) => value.text);
  const options = listValues(name, offered, typed)
    .filter(({ text, value }) => !taken.includes(text) && !taken.includes(value))
    .filter((option) => saidBy(option).some((said) => said.includes(typed)))
    .sort((one, other) => Number(beginsWith(other, typed)) - Number(beginsWith(one, typed)));
  const exact = options.some((option) => option.text === text.slice(at.start, at.end));
  if (options.length === 0 || (exact && options.length === 1)) return null;
  // The options of a range are only examples.
  const likely = typed !== "" && !exact && (name.field === null || fields[name.field].kind !== "range");
  return { start: at.start, end: at.end, options: options.slice(0, mostOptions).map(withoutValue), likely };
}

/** A condition on a path: its parts are completed one after the other. */
function completeInsightCondition(
  text: string,
  caret: number,
  at: QueryValue,
  name: QueryName,
  offered: Offered,
): Completions | null {
  const { start, end } = at;
  const typed = text
    .slice(start, caret)
    .replace(openingQuote, "")
    .replace(/\\(["\\])/g, at.quoted ? "$1" : "$&");
  const options = listKnownInsights(offered, typed).flatMap(({ value, label, beginning }) => {
    // A condition that needs quotes is offered whole, because its beginning would end with the closing quote.
    const whole = beginning && printQueryValue(name, value) !== value ? `${value}exists` : value;
    if (whole !== value && parseInsightCondition(whole) === null) return [];
    const printed = printQueryValue(name, whole);
    return printed === text.slice(start, end)
      ? []
      : [{ text: printed, label, count: null, beginning: beginning && whole === value }];
  });
  if (options.length === 0) return null;
  // A complete condition is meant as typed.
  return {
    start,
    end,
    options: options.slice(0, mostOptions),
    likely: typed !== "" && parseInsightCondition(typed) === null,
  };
}

type ValueOption = Completion & { value: string };

const withoutValue = ({ value: _value, ...option }: ValueOption): Completion => option;

const saidBy = ({ text, label, value }: ValueOption) => [text.replace(openingQuote, ""), label, value].map(simplify);

const beginsWith = (option: ValueOption, typed: string) => saidBy(option).some((said) => said.startsWith(typed));

/** Values of a name: those that contacts have, then the known ones, then "not given". */
function listValues(name: QueryName, offered: Offered, typed = ""): ValueOption[] {
  if (name.key === "sort") return sorts.map((value) => ({ value, text: value, label: sortLabels[value], count: null }));
  if (name.key === "from" || name.key === "to") {
    return listKnownDays(typed).map(({ value, label }) => ({ value, text: value, label, count: null }));
  }
  if (name.field === null) return [];
  const { known = [], labelOf, notGiven } = fields[name.field];
  const options = new Map<string, ValueOption>();
  const { values = [], exact = true } = offered.facets.find(({ key }) => key === name.field) ?? {};
  const add = (value: string, label: string, count: number | null) => {
    if (!options.has(value)) options.set(value, { value, text: printQueryValue(name, value), label, count, exact });
  };
  for (const { value, label, count } of values) {
    if (value !== "") add(value, label, count);
  }
  for (const value of [...known, ...listedValues(name.field)]) if (value !== "") add(value, labelOf(value), null);
  const without = values.find(({ value }) => value === "");
  if (notGiven && name.mode !== "all") add("", labelOf(""), without?.count ?? null);
  return [...options.values()];
}

/** Names that start with the typed text, also by their label: "language" finds `lang:`. */
function listNames(minus: string, typed: string): Completion[] {
  const wanted = simplify(typed);
  const options = new Map<string, Completion>();
  for (const { name, key, field, mode } of queryNames) {
    if ((mode === "none") !== (minus === "-") || key === "q") continue;
    const label = field === null ? otherLabels[key] : modeLabels[mode](fields[field].label);
    const spelled = name.replace(/^-/, "");
    if (
      !label ||
      ![spelled, field ?? "", field ? fields[field].label : ""].some((said) => simplify(said).startsWith(wanted))
    )
      continue;
    // Of several names that mean the same, only the first is offered.
    if (!options.has(key)) options.set(key, { text: `${firstName(key)}:`, label, count: null, beginning: true });
  }
  return [...options.values()];
}

const firstName = (key: string) => queryNames.find((one) => one.key === key)?.name ?? key;

const otherLabels: Record<string, string> = { from: "Sent on or after", to: "Sent on or before", sort: "Order" };

const modeLabels = {
  any: (label: string) => label,
  none: (label: string) => `${label}: not`,
  all: (label: string) => `${label}: all of`,
};

/** Values of any field that start with the typed text, as whole terms: "pd" finds `type:pdf`. */
function listValuesAnywhere(minus: string, typed: string, offered: Offered): Completion[] {
  const wanted = simplify(typed);
  if (wanted.length < 2) return [];
  return queryNames
    .filter(({ field, mode, key, name }) => {
      return (
        field !== null && fields[field].kind === "text" && mode === (minus ? "none" : "any") && firstName(key) === name
      );
    })
    .flatMap((name) =>
      listValues(name, offered)
        .filter((option) => option.count !== null && option.value !== "" && beginsWith(option, wanted))
        .map(({ text, label, count, exact }) => ({
          text: `${name.name}:${text}`,
          label: name.field ? `${modeLabels[name.mode](fields[name.field].label)} ${label}` : label,
          count,
          exact,
        })),
    );
}
