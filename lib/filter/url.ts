import { isStorable } from "@/lib/database/values";
import { parseDay } from "./days";
import { type FieldKey, fieldKeys, fields, isFieldKey, parseFieldValue } from "./fields";
import { type ContactFilter, emptyFilter, type FieldValues, type Sort, sortedUnique, sorts } from "./filter";
import { parseWords, wordLimits } from "./words";

/**
 * A part of the URL that was dropped, with a message for the page. Callers that must not widen a set refuse if there is
 * any.
 */
export type FilterProblem = { key: string; value: string; message: string };

/** In `before`, instead of a cursor: the last page. */
export const listEnd = "end";

/** Parameters that stand beside the filter and are not part of it. */
const beside = ["view", "columns", "after", "before", "open"];

/**
 * What an address carries besides a filter: the view that it started from, and the columns that the list shows, as
 * `contact,email,status`. Without columns the list has the viewer's own. lib/list/columns.ts knows which columns there
 * are.
 */
export type Beside = { view: string | null; columns: string | null };

/** A filter with more values than this was not made by a person. */
const mostValues = 200;
const mostProblems = 10;

/**
 * Reads a filter from the parameters of a URL. Never throws: what is unknown or malformed is dropped and reported.
 * `parseFilter(printFilter(filter)).filter` equals `filter`.
 */
export function parseFilter(params: URLSearchParams): { filter: ContactFilter; problems: FilterProblem[] } {
  const filter: ContactFilter = { ...emptyFilter, fields: {} };
  const problems: FilterProblem[] = [];
  const seen = new Set<string>();
  let count = 0;
  for (const [key, value] of params) {
    if (beside.includes(key)) continue;
    count++;
    const message = count > mostValues ? `There are more than ${mostValues} values.` : take(filter, seen, key, value);
    if (message) problems.push({ key: shorten(key), value: shorten(value), message });
    if (count > mostValues) break;
  }
  for (const [key, values] of Object.entries(filter.fields)) {
    filter.fields[key as FieldKey] = {
      any: sortedUnique(values.any),
      none: sortedUnique(values.none),
      all: sortedUnique(values.all),
    };
  }
  return { filter, problems: problems.slice(0, mostProblems) };
}

/** Puts one parameter into the filter; gives a message for the page if it cannot. */
function take(filter: ContactFilter, seen: Set<string>, key: string, value: string): string | null {
  if (!isStorable(key) || !isStorable(value)) return "It contains a character that can't be stored.";
  if (key === "q" || key === "from" || key === "to" || key === "sort") {
    if (seen.has(key)) return `"${key}" can only be used once.`;
    seen.add(key);
    return takeSingle(filter, key, value);
  }
  const mode = key.startsWith("-") ? "none" : key.endsWith(".all") ? "all" : "any";
  const name = mode === "none" ? key.slice(1) : mode === "all" ? key.slice(0, -4) : key;
  if (!isFieldKey(name) || (mode === "all" && !fields[name].several)) return `There is no filter "${shorten(key)}".`;
  const parsed = parseFieldValue(name, value);
  if (mode === "all" && parsed === "") return `${fields[name].label}: "all of" can't include "not given".`;
  if (parsed === null) return `${fields[name].label} needs ${fields[name].expected}.`;
  filter.fields[name] ??= { any: [], none: [], all: [] };
  filter.fields[name][mode].push(parsed);
  return null;
}

function takeSingle(filter: ContactFilter, key: "q" | "from" | "to" | "sort", value: string): string | null {
  if (key === "sort") {
    if (!isSort(value)) return `Contacts can't be sorted by "${shorten(value)}".`;
    filter.sort = value;
  } else if (key === "q") {
    if (value.length > wordLimits.characters || parseWords(value).length > wordLimits.words) {
      return `Search for at most ${wordLimits.words} words and ${wordLimits.characters} characters.`;
    }
    filter.words = value.trim();
  } else {
    const day = parseDay(value);
    if (day === null) return `"${shorten(value)}" is not a day, such as 2026-11-22, today, -7d or last-month.`;
    filter[key] = day;
  }
  return null;
}

/** The parameters of a filter in their one order, defaults omitted. */
export function printFilter(filter: ContactFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.words !== "") params.append("q", filter.words);
  if (filter.from) params.append("from", filter.from);
  if (filter.to) params.append("to", filter.to);
  for (const key of fieldKeys) {
    const values = filter.fields[key];
    for (const mode of ["any", "none", "all"] as const) {
      for (const value of values?.[mode] ?? []) params.append(printKey(key, mode), value);
    }
  }
  if (filter.sort !== emptyFilter.sort) params.append("sort", filter.sort);
  return params;
}

/** The name a field has in a URL: `type`, `-type`, `type.all`. */
export function printKey(key: FieldKey, mode: keyof FieldValues): string {
  return mode === "none" ? `-${key}` : mode === "all" ? `${key}.all` : key;
}

/**
 * The inbox's address under a filter. It may name the view that the filter started from, one of its pages, and a
 * contact open beside it.
 */
export function contactsHref(
  filter: ContactFilter,
  extra: Partial<Beside> & { after?: string; before?: string; open?: string } = {},
): string {
  const params = printFilter(filter);
  for (const [key, value] of Object.entries(extra)) if (value) params.append(key, value);
  return withQuery("/contacts", params);
}

/**
 * The address of a contact's own page, with the filter for the way back. Ids that no path can carry go into the query.
 */
export function contactHref(id: string, filter: ContactFilter = emptyFilter): string {
  return contactHrefs(filter)(id);
}

/** `contactHref` of many contacts under one filter, which is printed once. */
export function contactHrefs(filter: ContactFilter): (id: string) => string {
  const params = printFilter(filter);
  return (id) =>
    ["", ".", "..", "open"].includes(id)
      ? withQuery("/contacts/open", new URLSearchParams([["id", id], ...params]))
      : withQuery(`/contacts/${encodeURIComponent(id)}`, params);
}

/** The view and the columns that an address names. */
export function readBeside(params: URLSearchParams): Beside {
  return { view: params.get("view") || null, columns: params.get("columns") || null };
}

/**
 * Adds the view and the columns to an address of the inbox, of a contact or of triage, unless it names either itself.
 */
export function withBeside(href: string, { view, columns }: Beside): string {
  if (!view && !columns) return href;
  const [path = "", query] = href.split("?");
  const params = new URLSearchParams(query);
  if (params.has("view") || params.has("columns")) return href;
  if (view) params.append("view", view);
  if (columns) params.append("columns", columns);
  return withQuery(path, params);
}

/** The inbox's address with other columns, and all else as it is; null for the viewer's own columns. */
export function withColumns(params: URLSearchParams, columns: string | null): string {
  const changed = new URLSearchParams(params);
  changed.delete("columns");
  if (columns) changed.append("columns", columns);
  return withQuery("/contacts", changed);
}

function withQuery(path: string, params: URLSearchParams): string {
  // A comma has no meaning in a query, and is easier to read unescaped.
  return params.size > 0 ? `${path}?${String(params).replaceAll("%2C", ",")}` : path;
}

/** Whether a text is one of the orders on offer. */
export function isSort(text: string): text is Sort {
  return (sorts as readonly string[]).includes(text);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
