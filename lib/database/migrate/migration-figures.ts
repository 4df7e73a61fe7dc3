import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const figure = z.strictObject({
  /** Milliseconds that the migration took in all. */
  ms: z.number().nonnegative(),
  /** Milliseconds of these for which statements of the website had to wait. */
  held: z.number().nonnegative(),
  /** The large tables that it locked, each with the lock's mode. */
  locks: z.record(z.string(), z.string()),
});

const figuresFile = z.strictObject({
  /** Where and when it was measured, so that figures can be compared. */
  measured: z.strictObject({ at: z.string(), server: z.string(), processors: z.number(), rows: z.number() }),
  migrations: z.record(z.string(), figure.extend({ sha256: z.string() })),
});

/** What a migration took where the large tables had a million rows each. */
export type MigrationFigure = z.infer<typeof figure>;
export type MigrationFiguresFile = z.infer<typeof figuresFile>;

/** The file of sql/ that keeps them; `npm run bench -- --only migrations` writes it. */
export const figuresName = "figures.json";

/**
 * What was measured of each migration of a folder, by its name. A migration that has been edited since counts as not
 * measured. So do all in a folder without the file.
 */
export function readMigrationFigures(
  folder: string,
  migrations: { name: string; sha256: string }[],
): Map<string, MigrationFigure> {
  const path = join(folder, figuresName);
  if (!existsSync(path)) return new Map();
  const kept = figuresFile.parse(JSON.parse(readFileSync(path, "utf8"))).migrations;
  return new Map(
    migrations.flatMap(({ name, sha256 }) => {
      const found = kept[name];
      return found?.sha256 === sha256 ? [[name, { ms: found.ms, held: found.held, locks: found.locks }]] : [];
    }),
  );
}
