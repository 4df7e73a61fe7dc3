import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { givenOrEmpty, notSpecified } from "@/lib/database/not-given-sql";
import { parseRange } from "../ranges";
import type { Viewer } from "../viewer";
import type { FindTerms } from "./term-finders";

/** How contacts are found by a field. All SQL is over the alias `c` = contact_submissions, and every value a parameter. */
export type Matching = {
  /**
   * The contact has any of the values, of which there is at least one. In brackets, so that it can be negated. May be null
   * where nothing is stored, which counts as false and leaves the condition to the indexes.
   */
  anyOf: (values: string[], viewer: Viewer) => Prisma.Sql;
  /** Its exact complement, where there is a better way to say it than `anyOf … is not true`. */
  noneOf?: (values: string[], viewer: Viewer) => Prisma.Sql;
  /** What the index of terms (sql/0500) knows of a value; absent where it knows nothing of the field. */
  terms?: FindTerms;
  /**
   * What is read for it, where that decides the strategy (lib/list/strategy.ts).
   * text: a column of text, in which "not given" is several stored values. documents: document rows, contact by contact.
   */
  reads?: "text" | "documents";
  /** A value that few contacts have, with an index of its own: they are found by it whatever else is asked. */
  rare?: string;
};

/** All conditions that together mean "all of the values". */
export type AllOf = (values: string[]) => Prisma.Sql[];

/** What one scan of the matching contacts keeps of each for a facet. `name` is its column among theirs. */
type FacetColumn = { name: Prisma.Sql; value: (viewer: Viewer) => Prisma.Sql };

/**
 * How a facet counts, in `matching`: the contacts that match, with their ids and the facets' columns.
 * values: `counts` selects each `value` and its `count`. ranges: of numbers up to `limit`, where -1 is "not given".
 */
export type FacetSql =
  | {
      by: "values";
      column: FacetColumn | null;
      counts: Prisma.Sql /** Values counted, if not as shown. */;
      most?: number;
    }
  | { by: "ranges"; column: FacetColumn; limit: number };

type FieldWithFacet = Matching & { facet: FacetSql };

/** A facet of fields of which a contact has one value. `value` gives it, "" included, and is never null. */
export function valueFacet(name: Prisma.Sql, value: Prisma.Sql | FacetColumn["value"]): FacetSql {
  return {
    by: "values",
    column: { name, value: typeof value === "function" ? value : () => value },
    counts: Prisma.sql`select ${name} as value, count(*)::int as count from matching group by 1`,
  };
}

/** A column of text. `facet` is its name in facets, and what those read instead of the column. */
export function textColumn(column: Prisma.Sql, facet: { name: Prisma.Sql; column?: Prisma.Sql }): FieldWithFacet {
  return {
    anyOf: (values) => textIsAnyOf(column, values),
    reads: "text",
    facet: valueFacet(facet.name, givenOrEmpty(facet.column ?? column)),
  };
}

/** A column of the contact's document rows, over the alias `d`. */
export function documentColumn(column: Prisma.Sql): FieldWithFacet {
  const anyOf = (values: string[]) =>
    Prisma.sql`exists (select from documents d where d.contact_id = c.id and ${textIsAnyOf(column, values)})`;
  return {
    anyOf,
    // `not exists` can be an anti-join, which `is not true` would prevent. It is never null anyway.
    noneOf: (values) => Prisma.sql`not ${anyOf(values)}`,
    reads: "documents",
    facet: {
      by: "values",
      column: null,
      counts: Prisma.sql`
      select ${givenOrEmpty(column)} as value, count(distinct d.contact_id)::int as count
      from matching join documents d on d.contact_id = matching.id group by 1`,
    },
  };
}

/** The id of somebody on the staff. */
export function personColumn(column: Prisma.Sql, name: Prisma.Sql): FieldWithFacet {
  return {
    anyOf: (values, { staffId }) => {
      const ids = values.filter((value) => value !== "none").map((value) => (value === "me" ? staffId : value));
      const parts: Prisma.Sql[] = [];
      if (ids.length === 1) parts.push(Prisma.sql`${column} = ${ids[0]}::uuid`);
      if (ids.length > 1) parts.push(Prisma.sql`${column} = any(${ids}::uuid[])`);
      if (values.includes("none")) parts.push(Prisma.sql`${column} is null`);
      return Prisma.sql`(${Prisma.join(parts, " or ")})`;
    },
    // All people, of whom there are few, because the viewer must be among them.
    facet: { ...valueFacet(name, Prisma.sql`coalesce(${column}::text, 'none')`), most: 1_000 } as FacetSql,
  };
}

/** A condition that holds ("true") or does not ("false"; also where it is null). */
export function flag(condition: (viewer: Viewer) => Prisma.Sql, facet: FacetSql): FieldWithFacet {
  return {
    anyOf: (values, viewer) => {
      const holds = condition(viewer);
      const parts = values.map((value) => (value === "true" ? holds : Prisma.sql`(${holds}) is not true`));
      return Prisma.sql`(${Prisma.join(parts, " or ")})`;
    },
    facet,
  };
}

/** A number within 0…`limit`. `notGiven` asks for the contacts without one, and `counted` is -1 for those. */
export function numberRange(
  expression: Prisma.Sql,
  limit: number,
  { notGiven, name, counted }: { notGiven: Prisma.Sql; name: Prisma.Sql; counted: Prisma.Sql },
): FieldWithFacet {
  return {
    anyOf: eachOf((value) => (value === "" ? notGiven : isWithin(expression, value, limit))),
    facet: { by: "ranges", column: { name, value: () => counted }, limit },
  };
}

/** Any of the values, each by a condition of its own. */
export function eachOf(is: (value: string) => Prisma.Sql): (values: string[]) => Prisma.Sql {
  return (values) => Prisma.sql`(${Prisma.join(values.map(is), " or ")})`;
}

function textIsAnyOf(column: Prisma.Sql, values: string[]): Prisma.Sql {
  const given = values.filter((value) => value !== "");
  const parts: Prisma.Sql[] = [];
  // One value by "=", because only that lets an index give the page order too.
  if (given.length === 1) parts.push(Prisma.sql`${column} = ${given[0]}`);
  if (given.length > 1) parts.push(Prisma.sql`${column} = any(${given}::text[])`);
  if (given.length < values.length) {
    parts.push(Prisma.sql`${column} is null`, Prisma.sql`${column} in ('', ${notSpecified})`);
  }
  return Prisma.sql`(${Prisma.join(parts, " or ")})`;
}

/** Within a canonical range. A lower end is always asked for, because -1 stands for "not given". */
function isWithin(expression: Prisma.Sql, value: string, limit: number): Prisma.Sql {
  const { least, most } = parseRange(value, limit) ?? { least: null, most: null };
  const from = Prisma.sql`${expression} >= ${least ?? "0"}::numeric`;
  return most === null ? Prisma.sql`(${from})` : Prisma.sql`(${from} and ${expression} <= ${most}::numeric)`;
}
