import pg from "pg";

/**
 * Parses instants as the driver does, but clamps those that no JavaScript date can hold. 'infinity' and years beyond
 * 275,760 become the last possible date, their counterparts the first. `lib/desk/time.ts` calls both unknown.
 */
export function parseInstant(text: string): Date {
  const parse: (text: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
  const parsed = parse(text);
  if (parsed instanceof Date && !Number.isNaN(parsed.getTime())) return parsed;
  return new Date(text.startsWith("-") || text.endsWith("BC") ? -8.64e15 : 8.64e15);
}

/** Parses a time without a zone as UTC, with the limits of `parseInstant`. */
export function parseInstantWithoutZone(text: string): Date {
  return parseInstant(text.replace(/( BC)?$/, "+00$1"));
}
