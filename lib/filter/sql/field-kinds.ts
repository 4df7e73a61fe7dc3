import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { givenOrEmpty, notSpecified } from "@/lib/database/not-given-sql";
import { parseRange } from "../ranges";
import type { Viewer } from "../viewer";
import type { FindTerms } from "./term-finders";

/** How a field finds contacts. All SQL is over the alias `c` = contact_submissions, and every value is a parameter. */
export type Matching = {
  /**
   * The contact has any of the values, of which there is at least one. In brackets, so that it can be negated. It may
   * be null if nothing is stored. Null counts as false, and so the indexes can still answer the condition.
   */
  anyOf: (values: string[], viewer: Viewer) => Prisma.Sql;
  /** Its exact complement, if there is a better way to say it than `anyOf … is not true`. */
  noneOf?: (values: string[], viewer: Viewer) => Prisma.Sql;
  /** How the index of terms (sql/0500) finds a value; absent if the index does not know the field. */
  terms?: FindTerms;
  /**
   * What the condition reads, if that decides the strategy (lib/list/strategy.ts).
   * text: a text column, in which several stored values mean "not given". documents: document rows, contact by contact.
   */
  reads?: "text" | "documents";
  /** A value that few contacts have, with an index of its own, which finds them whatever the other conditions. */
  rare?: string;
};

/** All conditions that together mean "all of the values". */
export type AllOf = (values: string[]) => Prisma.Sql[];

/** A column that one scan of the matching contacts keeps for a facet, under the name `name`. */
type FacetColumn = { name: Prisma.Sql; value: (viewer: Viewer) => Prisma.Sql };

/**
 * How a facet counts the rows of `matching`: the contacts that match, with their ids and the facets' columns.
 * values: `counts` selects each `value` and its `count`. ranges: for numbers up to `limit`, where -1 is "not given".
 */
export type FacetSql =
  | {
      by: "values";
      column: FacetColumn | null;
      counts: Prisma.Sql;
      /** How many values are counted, if not as many as are shown. */
      most?: number;
    }
  | { by: "ranges"; column: FacetColumn; limit: number };

type FieldWithFacet = Matching & { facet: FacetSql };

/** A facet of a field with one value per contact. `value` gives that value, "" included, and is never null. */
export function valueFacet(name: Prisma.Sql, value: Prisma.Sql | FacetColumn["value"]): FacetSql {
  return {
    by: "values",
    column: { name, value: typeof value === "function" ? value : () => value },
    counts: Prisma.sql`select ${name} as value, count(*)::int as count from matching group by 1`,
  };
}

/** A text column. `facet` is its name in facets, and the SQL that facets read instead of the column. */
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

/** A column with the id of a member of staff. */
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
    // Counts all people, who are few, because the viewer must be among them.
    facet: { ...valueFacet(name, Prisma.sql`coalesce(${column}::text, 'none')`), most: 1_000 } as FacetSql,
  };
}

/** A condition that is true ("true") or not ("false", also if it is null). */
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

/** A number from 0 to `limit`. `notGiven` matches the contacts without one, and `counted` is -1 for those. */
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

/** Any of the values, each by its own condition. */
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

/** Within a canonical range. There is always a lower bound, because -1 stands for "not given". */
function isWithin(expression: Prisma.Sql, value: string, limit: number): Prisma.Sql {
  const { least, most } = parseRange(value, limit) ?? { least: null, most: null };
  const from = Prisma.sql`${expression} >= ${least ?? "0"}::numeric`;
  return most === null ? Prisma.sql`(${from})` : Prisma.sql`(${from} and ${expression} <= ${most}::numeric)`;
}
