import { parseInsightCondition, printInsightCondition, printPath } from "@/lib/filter/insight/condition";

/** One insight path: how many sampled contacts have it, what kinds of values they have there, and which are common. */
export type InsightPath = {
  /** As written in a condition: keys escaped and separated by dots. */
  path: string;
  contacts: number;
  /** The commonest first; nearly always there is only one. */
  kinds: PathKind[];
  /** Values that more than one contact has, the commonest first. Of lists, the elements count. */
  values: { json: string | number | boolean | null; contacts: number }[];
  /** The smallest and largest number, where there are numbers. */
  least: number | null;
  most: number | null;
};

export type PathKind = "text" | "number" | "yes or no" | "list" | "group" | "nothing";

/**
 * Limits on the cost of a sample, whatever is stored: keys and list items read, paths, and values kept of each path.
 */
const limits = {
  nodesOfContact: 500,
  itemsOfList: 50,
  pathsRead: 2_000,
  pathsShown: 300,
  values: 200,
  valuesShown: 6,
  valueShown: 100,
};

/**
 * A key of an object, with what was seen there. The keys form one tree, so that a contact costs no more than its keys.
 */
type Found = {
  path: string[];
  contacts: number;
  kinds: Map<PathKind, number>;
  values: Map<Primitive, number>;
  least: number | null;
  most: number | null;
  keys: Map<string, Found | null>;
};

type Primitive = string | number | boolean | null;

/** The paths in the insights of sampled contacts, given as JSON texts; the commonest first. Never throws. */
export function collectPaths(texts: string[]): InsightPath[] {
  const root = newFound([]);
  const all: Found[] = [];
  for (const text of texts) {
    const budget = { nodes: limits.nodesOfContact };
    visit(root, all, budget, parse(text));
  }
  return all
    .map((found) => ({ found, name: printPath(found.path) }))
    .sort((a, b) => b.found.contacts - a.found.contacts || (a.name < b.name ? -1 : 1))
    .slice(0, limits.pathsShown)
    .map(({ found }) => toPath(found));
}

function newFound(path: string[]): Found {
  return { path, contacts: 0, kinds: new Map(), values: new Map(), least: null, most: null, keys: new Map() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Visits objects only, because a path leads through nothing else. */
function visit(found: Found, all: Found[], budget: { nodes: number }, stored: unknown): void {
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return;
  for (const [key, value] of Object.entries(stored)) {
    if (budget.nodes-- <= 0) return;
    const inner = foundUnder(found, all, key);
    if (!inner) continue;
    count(inner, value);
    visit(inner, all, budget, value);
  }
}

/** Null if no condition can name the path (too deep, too long or empty), or once there are too many paths. */
function foundUnder(found: Found, all: Found[], key: string): Found | null {
  const known = found.keys.get(key);
  if (known !== undefined || all.length >= limits.pathsRead) return known ?? null;
  const path = [...found.path, key];
  const made = parseInsightCondition(`${printPath(path)}:exists`) ? newFound(path) : null;
  found.keys.set(key, made);
  if (made) all.push(made);
  return made;
}

function count(found: Found, value: unknown): void {
  const kind = kindOf(value);
  found.contacts++;
  found.kinds.set(kind, (found.kinds.get(kind) ?? 0) + 1);
  if (typeof value === "number" && Number.isFinite(value)) {
    found.least = Math.min(found.least ?? value, value);
    found.most = Math.max(found.most ?? value, value);
  }
  const items = Array.isArray(value) ? new Set(value.slice(0, limits.itemsOfList)) : [value];
  for (const item of items) {
    if (!isPrimitive(item)) continue;
    const seen = found.values.get(item);
    if (seen !== undefined || found.values.size < limits.values) found.values.set(item, (seen ?? 0) + 1);
  }
}

/** Whether a value can be offered as a choice. A long text or an infinite number (1e400) cannot. */
function isPrimitive(value: unknown): value is Primitive {
  if (typeof value === "string") return value.length <= limits.valueShown;
  return typeof value === "number" ? Number.isFinite(value) : typeof value === "boolean" || value === null;
}

function kindOf(value: unknown): PathKind {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "group";
  return typeof value === "string" ? "text" : typeof value === "number" ? "number" : "yes or no";
}

function toPath({ path, contacts, kinds, values, least, most }: Found): InsightPath {
  const common = [...values]
    .filter(
      ([json, each]) => each > 1 && parseInsightCondition(printInsightCondition({ path, operator: "eq", value: json })),
    )
    .sort(([, a], [, b]) => b - a)
    .slice(0, limits.valuesShown);
  return {
    path: printPath(path),
    contacts,
    kinds: [...kinds].sort(([, a], [, b]) => b - a).map(([kind]) => kind),
    values: common.map(([json, each]) => ({ json, contacts: each })),
    least,
    most,
  };
}
