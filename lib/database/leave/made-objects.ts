import { readMigrations } from "../migrate/migration-files";

/** The website's tables, as they are named in sql/. They and their rows always stay. */
export const websiteTables = ["contact_submissions", "documents", "analytics_events", "website_visitors"];

/** The website's functions, which got new bodies in 0060. */
export const websiteFunctions = ["increment_visitor_count()", "update_updated_at_column()"];

/** What the migrations make apart from our tables, by name. */
export type MadeObjects = {
  /** On the website's tables. */
  indexes: string[];
  triggers: { table: string; name: string }[];
  columns: { table: string; name: string }[];
  statistics: string[];
  /** With their argument types: contact_terms(text, text, text, jsonb). */
  functions: string[];
  collations: string[];
  extensions: string[];
};

const patterns = {
  index: /^create (?:unique )?index (?:concurrently )?(?:if not exists )?(\w+)\s+on (\w+)/i,
  trigger: /^create (?:or replace )?trigger (\w+) [\s\S]*?\bon (\w+)\b/i,
  table: /^alter table (?:only )?(\w+)/i,
  column: /\badd column (?:if not exists )?(\w+)/gi,
  statistics: /^create statistics (\w+)/i,
  function: /^create (?:or replace )?function (\w+)\(([^)]*)\)/i,
  collation: /^create collation (\w+)/i,
  extension: /create extension if not exists (\w+)/gi,
};

/**
 * Reads from sql/ what the migrations make, so that leaving knows of a new migration by itself. An object of a kind
 * that these patterns do not know makes tests/database/leave/leaving.test.ts fail.
 */
export function listMadeObjects(folder: string): MadeObjects {
  const made: MadeObjects = {
    indexes: [],
    triggers: [],
    columns: [],
    statistics: [],
    functions: [],
    collations: [],
    extensions: [],
  };
  for (const { text } of readMigrations(folder).flatMap(({ statements }) => statements)) {
    const sql = text.replaceAll(/--[^\n]*/g, "").trim();
    const [, index, indexed = ""] = patterns.index.exec(sql) ?? [];
    if (index && websiteTables.includes(indexed)) made.indexes.push(index);
    const [, trigger, watched = ""] = patterns.trigger.exec(sql) ?? [];
    const known = made.triggers.some(({ table, name }) => table === watched && name === trigger);
    if (trigger && !known && websiteTables.includes(watched)) made.triggers.push({ table: watched, name: trigger });
    const [, altered = ""] = patterns.table.exec(sql) ?? [];
    if (websiteTables.includes(altered)) {
      for (const [, name = ""] of sql.matchAll(patterns.column)) made.columns.push({ table: altered, name });
    }
    const [, statistics] = patterns.statistics.exec(sql) ?? [];
    if (statistics) made.statistics.push(statistics);
    const [, name, parameters = ""] = patterns.function.exec(sql) ?? [];
    const signature = `${name}(${listTypes(parameters)})`;
    if (name && !websiteFunctions.includes(signature) && !made.functions.includes(signature)) {
      made.functions.push(signature);
    }
    const [, collation] = patterns.collation.exec(sql) ?? [];
    if (collation) made.collations.push(collation);
    for (const [, extension = ""] of sql.matchAll(patterns.extension)) made.extensions.push(extension);
  }
  // 0060 makes these where nothing else maintains updated_at. It composes their names, so the patterns cannot find
  // them.
  for (const table of ["contact_submissions", "documents"]) {
    made.triggers.push({ table, name: `update_${table}_updated_at` });
  }
  return made;
}

/** "status text, insights jsonb" → "text, jsonb". */
function listTypes(parameters: string): string {
  return parameters
    .split(",")
    .map((parameter) => parameter.trim().split(/\s+/).slice(1).join(" "))
    .join(", ");
}
