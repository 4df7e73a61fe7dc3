import { type FieldKey, fieldKeys, fields } from "../fields";
import type { FieldValues } from "../filter";
import { printKey } from "../url";
import type { QueryTerm } from "./scan";

/** A name that may stand before a colon, and the key of the URL that it means. */
export type QueryName = { name: string; key: string; field: FieldKey | null; mode: keyof FieldValues };

/** Every name that may stand before a colon. Of those that mean the same, the first is printed. */
export const queryNames: QueryName[] = [
  ...fieldKeys.flatMap((field) =>
    namesOf(field).flatMap((name) =>
      (["any", "none", "all"] as const)
        .filter((mode) => mode !== "all" || fields[field].several)
        .map((mode) => ({ name: printMode(name, mode), key: printKey(field, mode), field, mode })),
    ),
  ),
  ...(["from", "to", "sort"] as const).map((key) => ({ name: key, key, field: null, mode: "any" as const })),
  ...["words", "q"].map((name) => ({ name, key: "q", field: null, mode: "any" as const })),
];

function namesOf(field: FieldKey): string[] {
  return [...new Set([fields[field].word ?? field, field])];
}

function printMode(name: string, mode: keyof FieldValues): string {
  return mode === "none" ? `-${name}` : mode === "all" ? `${name}.all` : name;
}

/** What a term's name means, if anything. */
export function findQueryName({ exclude, name }: Pick<QueryTerm, "exclude" | "name">): QueryName | undefined {
  const typed = exclude ? `-${name}` : name;
  return queryNames.find((one) => one.name === typed);
}

/** Whether a name is a field's, so that "-" can exclude its values. */
export function isFieldName(name: string): boolean {
  return queryNames.some((one) => one.name === name && one.field !== null);
}

/** The name that was probably meant: one that starts with the typed text, or differs from it in at most two letters. */
export function findNearest(typed: string): string | undefined {
  const names = [...new Set(queryNames.filter(({ mode }) => mode !== "none").map(({ name }) => name))];
  const started = typed.length > 1 ? names.find((name) => name.startsWith(typed)) : undefined;
  if (started) return started;
  const most = typed.length < 4 ? 1 : 2;
  const near = names.map((name) => ({ name, changes: countChanges(typed, name) }));
  return near.filter(({ changes }) => changes <= most).sort((one, other) => one.changes - other.changes)[0]?.name;
}

/** Edit distance: how many letters to insert, drop, replace or swap with their neighbour (Damerau-Levenshtein). */
function countChanges(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + same,
        swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}
