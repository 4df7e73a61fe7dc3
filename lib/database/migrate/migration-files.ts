import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type SqlStatement, splitStatements } from "./sql-statements";

/** One file of sql/. */
export type Migration = {
  name: string;
  sql: string;
  statements: SqlStatement[];
  /** Of the text without its `replaced-by` lines, because these are added when a later file exists. */
  sha256: string;
  /** The first sentence of its opening comment. */
  title: string;
  /**
   * False for a file marked `-- migrate:no-transaction`: one statement, which builds an index while the website writes.
   */
  transactional: boolean;
  /**
   * From `-- migrate:needs-operator-class NAME`. The file waits while the database lacks it, as where an extension may
   * not be created.
   */
  operatorClass: string | null;
  /**
   * From `-- migrate:before-serving`: this version would work wrongly without it, so nothing is served until it is
   * applied.
   */
  beforeServing: boolean;
};

/** A migration that cannot be applied, in words for the administrator. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

const fileName = /^\d{4}_[a-z0-9_]+\.sql$/;
/**
 * `-- migrate:replaced-by NAME`, the first lines of a file, name later files that replace something it made. They count
 * only at the top, where they must be comments. Further down they could be part of a function's body.
 */
const replacedBy = /^(?:-- migrate:replaced-by \d{4}_[a-z0-9_]+\.sql\n)+/;

/**
 * The migrations of a folder in the order of their numbers.
 * @throws MigrationError for a file name of another form, or a no-transaction file that has not exactly one statement.
 */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      if (!fileName.test(name)) throw new MigrationError(`${name}: a migration is named like 0010_what_it_does.sql.`);
      // A checkout with other line endings is the same migration.
      const sql = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
      const statements = splitStatements(sql);
      const transactional = !/^-- migrate:no-transaction$/m.test(sql);
      if (!transactional && statements.length !== 1) {
        throw new MigrationError(`${name}: a file without a transaction holds exactly one statement.`);
      }
      const operatorClass = /^-- migrate:needs-operator-class (\w+)$/m.exec(sql)?.[1] ?? null;
      const beforeServing = /^-- migrate:before-serving$/m.test(sql);
      const asApplied = sql.replace(replacedBy, "");
      const sha256 = createHash("sha256").update(asApplied).digest("hex");
      const title = readTitle(asApplied);
      return { name, sql, statements, sha256, title, transactional, operatorClass, beforeServing };
    });
}

function readTitle(sql: string): string {
  const opening = /^(?:--[^\n]*\n)+/.exec(sql)?.[0] ?? "";
  const text = opening.replaceAll(/^-- ?/gm, "").trim().replaceAll(/\s+/g, " ");
  return /^.*?[.:](?= [A-Z]|$)/.exec(text)?.[0] ?? text;
}
