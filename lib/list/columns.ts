import type { PreferredColumn } from "@/lib/staff/preferences";

/** A column and its defaults, for people who have not chosen anything. */
export type Column = {
  label: string;
  /** Default width in px. The contact column takes the space that the others leave, so this is its minimum. */
  width: number;
  narrowest: number;
  /** The order that its header sorts by, and whether it begins descending. */
  order?: { name: "name" | "company" | "documents" | "status" | "timestamp"; descendingFirst: boolean };
  /** Shown to people who have never chosen columns. */
  usual?: true;
};

/** Every column on offer, in the default order. */
export const columns = {
  contact: {
    label: "Contact",
    width: 150,
    narrowest: 150,
    order: { name: "name", descendingFirst: false },
    usual: true,
  },
  service: {
    label: "Service and documents",
    width: 190,
    narrowest: 100,
    order: { name: "documents", descendingFirst: true },
    usual: true,
  },
  status: {
    label: "Status",
    width: 132,
    narrowest: 90,
    order: { name: "status", descendingFirst: false },
    usual: true,
  },
  assignee: { label: "Assignee", width: 140, narrowest: 70 },
  age: { label: "Age", width: 84, narrowest: 64, order: { name: "timestamp", descendingFirst: true }, usual: true },
  due: { label: "Due", width: 90, narrowest: 64 },
  company: { label: "Company", width: 160, narrowest: 80, order: { name: "company", descendingFirst: false } },
  email: { label: "E-mail", width: 200, narrowest: 80 },
  serviceName: { label: "Service", width: 160, narrowest: 80 },
  budget: { label: "Budget", width: 120, narrowest: 70 },
  source: { label: "Source", width: 110, narrowest: 70 },
  page: { label: "Page", width: 200, narrowest: 80 },
  snoozed: { label: "Snoozed until", width: 150, narrowest: 80 },
  documents: {
    label: "Documents",
    width: 110,
    narrowest: 70,
    order: { name: "documents", descendingFirst: true },
  },
  language: { label: "Language", width: 100, narrowest: 70 },
  confidence: { label: "Confidence", width: 110, narrowest: 70 },
  complexity: { label: "Complexity", width: 110, narrowest: 70 },
} as const satisfies Record<string, Column>;

export type ColumnId = keyof typeof columns;

export const columnIds = Object.keys(columns) as ColumnId[];

/** The largest width of a column, in px. */
export const widest = 800;

/** A column as it is laid out for a person. */
export type LaidColumn = { id: ColumnId; width: number; shown: boolean };

/**
 * Lays out every column for a person: the shown ones in their order, then the hidden ones. The person's own choice, or
 * a view's, says which are shown; widths are always the person's. Columns that are not on offer (any more) are skipped.
 * The contact column is always shown, because without it a row has no link.
 * @param ofView the columns to show instead of the person's own
 */
export function layColumns(preferred: PreferredColumn[] | null, ofView: ColumnId[] | null = null): LaidColumn[] {
  const known = new Map<ColumnId, PreferredColumn>();
  for (const column of preferred ?? usual) {
    if (isColumnId(column.id) && !known.has(column.id)) known.set(column.id, column);
  }
  const wanted = ofView ?? [...known].filter(([, { shown }]) => shown !== false).map(([id]) => id);
  const shown = new Set(wanted.includes("contact") ? wanted : (["contact", ...wanted] as const));
  const others = columnIds.filter((id) => !shown.has(id));
  return [...shown, ...others].map((id) => ({
    id,
    width: clampWidth(id, known.get(id)?.width),
    shown: shown.has(id),
  }));
}

const usual: PreferredColumn[] = columnIds.filter((id) => "usual" in columns[id]).map((id) => ({ id }));

/**
 * The part of a person's layout to store: the shown columns, and every width that is not the default. Widths of hidden
 * columns are kept too, because a view may show these columns. Null if everything is the default.
 */
export function printColumns(laid: LaidColumn[]): PreferredColumn[] | null {
  const kept = laid.flatMap(({ id, width, shown }): PreferredColumn[] => {
    const column = width === columns[id].width ? { id } : { id, width };
    if (shown) return [column];
    return "width" in column ? [{ ...column, shown: false }] : [];
  });
  return JSON.stringify(kept) === JSON.stringify(usual) ? null : kept;
}

/**
 * Reads the shown columns of an address or a view, such as `contact,email,status`. Columns that are not on offer (any
 * more) are `unknown`; `shown` is null if no other is left. `parseShown(printShown(laid)).shown` gives the shown
 * columns back.
 */
export function parseShown(printed: string | null): { shown: ColumnId[] | null; unknown: string[] } {
  const names = [...new Set((printed ?? "").split(","))].filter((name) => name !== "");
  const known = names.filter(isColumnId);
  const unknown = names.filter((name) => !isColumnId(name));
  if (known.length === 0) return { shown: null, unknown };
  return { shown: known.includes("contact") ? known : ["contact", ...known], unknown };
}

/** The shown columns of a layout, as an address and a view write them. */
export function printShown(laid: LaidColumn[]): string {
  return laid.flatMap(({ id, shown }) => (shown ? id : [])).join();
}

/** The layout with a column hidden, or shown after the others. The contact column cannot be hidden. */
export function showColumn(laid: LaidColumn[], id: ColumnId, shown: boolean): LaidColumn[] {
  const column = laid.find((each) => each.id === id);
  if (!column || column.shown === shown || (id === "contact" && !shown)) return laid;
  const others = laid.filter((each) => each.id !== id);
  return layColumns([...others, { ...column, shown }]);
}

/** The layout with a shown column moved by one towards the front (-1) or the end (1), if there is room. */
export function moveColumn(laid: LaidColumn[], id: ColumnId, by: -1 | 1): LaidColumn[] {
  const from = laid.findIndex((each) => each.id === id);
  const other = laid[from + by];
  const column = laid[from];
  if (!column?.shown || !other?.shown) return laid;
  return laid.with(from, other).with(from + by, column);
}

/** The layout with a column's width set, in px, within the column's limits. */
export function resizeColumn(laid: LaidColumn[], id: ColumnId, width: number): LaidColumn[] {
  return laid.map((each) => (each.id === id ? { ...each, width: clampWidth(id, width) } : each));
}

/** The width, in px, within the column's limits. */
export function clampWidth(id: ColumnId, width: number = columns[id].width): number {
  return Math.round(Math.min(Math.max(width, columns[id].narrowest), widest));
}

/** The optional values of a row, sent to the browser only if their columns are shown. */
export type ContactDetails = {
  email: string | null;
  source: string | null;
  budget: string | null;
  page: string | null;
  /** From the insights; each is null if it is absent or malformed. */
  documents: number | null;
  language: string | null;
  confidence: string | null;
  complexity: number | null;
};

export type Detail = keyof ContactDetails;

const details = ["email", "source", "budget", "page", "documents", "language", "confidence", "complexity"] as const;

/** The details that the shown columns need. */
export function detailsOf(laid: LaidColumn[]): Detail[] {
  return details.filter((detail) => laid.some(({ id, shown }) => shown && id === detail));
}

/** Whether a text names a column on offer. */
export function isColumnId(id: string): id is ColumnId {
  return Object.hasOwn(columns, id);
}
