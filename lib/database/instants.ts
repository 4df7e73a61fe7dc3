import pg from "pg";

/**
 * Instants as the driver reads them, but for those that no JavaScript date can hold: 'infinity' and years beyond 275,760
 * come as the last date there is, their counterparts as the first. `lib/desk/time.ts` calls both unknown.
 */
export function parseInstant(text: string): Date {
  const parse: (text: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
  const parsed = parse(text);
  if (parsed instanceof Date && !Number.isNaN(parsed.getTime())) return parsed;
  return new Date(text.startsWith("-") || text.endsWith("BC") ? -8.64e15 : 8.64e15);
}
