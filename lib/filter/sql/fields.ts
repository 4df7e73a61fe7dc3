import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { numberLimits } from "@/lib/contact/insight-limits";
import type { FacetKey, FieldKey, SeveralKey } from "../fields";
import {
  type AllOf,
  documentColumn,
  eachOf,
  type FacetSql,
  flag,
  type Matching,
  numberRange,
  personColumn,
  textColumn,
  valueFacet,
} from "./field-kinds";
import { insightConditionMatches } from "./insight-condition";
import {
  businessValue,
  complexityNumber,
  confidenceValue,
  documentsNumber,
  hasNoType,
  insightsAreSound,
  insightsContain,
  insightsProblem,
  languageValue,
  problemValue,
  typeRows,
} from "./insight-values";
import { isBack, isDueToday, isOverdue, isSnoozed } from "./overdue";
import { exactly, findComplexity, findDocuments } from "./term-finders";

/**
 * The SQL half of a field. It has a facet if its entry in ../fields.ts has one, and "all of" if a contact can have
 * several values.
 */
type FieldSql<Key extends FieldKey> = Matching & {
  facet: Key extends FacetKey ? FacetSql : null;
} & (Key extends SeveralKey ? { allOf: AllOf } : { allOf?: undefined });

/** The SQL of each field: how it matches, how its facet counts, and its terms. ../fields.ts says what a field means. */
export const fieldSql: { [Key in FieldKey]: FieldSql<Key> } = {
  status: { ...textColumn(Prisma.sql`c.status`, { name: Prisma.sql`status` }), terms: exactly("s:") },

  assignee: personColumn(Prisma.sql`c.assignee_id`, Prisma.sql`assignee`),

  snoozed: flag(
    () => isSnoozed,
    valueFacet(Prisma.sql`snoozed`, Prisma.sql`(case when ${isSnoozed} then 'true' else 'false' end)`),
  ),

  overdue: flag(
    isOverdue,
    valueFacet(Prisma.sql`overdue`, (viewer) => Prisma.sql`(${isOverdue(viewer)})::text`),
  ),

  due: {
    anyOf: (_values, viewer) => isDueToday(viewer),
    facet: {
      by: "values",
      column: {
        name: Prisma.sql`due`,
        value: (viewer) => Prisma.sql`(case when ${isDueToday(viewer)} then 'today' else '' end)`,
      },
      counts: Prisma.sql`select due as value, count(*)::int as count from matching where due <> '' group by 1`,
    },
  },

  back: flag(
    () => isBack,
    valueFacet(Prisma.sql`back`, Prisma.sql`(case when ${isBack} then 'true' else 'false' end)`),
  ),

  service: { ...textColumn(Prisma.sql`c.service`, { name: Prisma.sql`service` }), terms: exactly("v:") },

  source: { ...textColumn(Prisma.sql`c.source`, { name: Prisma.sql`source` }), terms: exactly("o:") },

  type: {
    anyOf: eachOf((value) => (value === "" ? hasNoType : insightsContain({ document_types: [value] }))),
    allOf: (values) => [insightsContain({ document_types: values })],
    facet: {
      by: "values",
      column: { name: Prisma.sql`types`, value: () => Prisma.sql`array${typeRows}` },
      counts: Prisma.sql`
      select coalesce(found.value, '') as value, count(*)::int as count
      from matching left join lateral unnest(types) as found (value) on true group by 1`,
    },
    terms: (value) => exactly(value === "" ? "t:" : "t:=", " | 't*'")(value),
  },

  language: {
    anyOf: eachOf((value) =>
      value === ""
        ? Prisma.sql`${languageValue} = ${value}`
        : insightsContain({ content_analysis: { primary_language: value } }),
    ),
    facet: valueFacet(Prisma.sql`language`, languageValue),
    terms: exactly("l:"),
  },

  confidence: {
    anyOf: eachOf((value) =>
      value === ""
        ? Prisma.sql`${confidenceValue} = ${value}`
        : insightsContain({ content_analysis: { confidence_level: value } }),
    ),
    facet: valueFacet(Prisma.sql`confidence`, confidenceValue),
    terms: exactly("c:"),
  },

  business: {
    anyOf: eachOf((value) => (value === "" ? Prisma.sql`${businessValue} = ${value}` : isBusiness(value === "true"))),
    facet: valueFacet(Prisma.sql`business`, businessValue),
    terms: exactly("b:"),
  },

  documents: {
    ...numberRange(documentsNumber, numberLimits.documents, {
      notGiven: Prisma.sql`${documentsNumber} = -1`,
      name: Prisma.sql`documents`,
      counted: documentsNumber,
    }),
    terms: findDocuments,
  },

  complexity: {
    ...numberRange(complexityNumber, numberLimits.complexity, {
      notGiven: Prisma.sql`${complexityNumber} is null`,
      name: Prisma.sql`complexity`,
      counted: Prisma.sql`coalesce(${complexityNumber}, -1)`,
    }),
    terms: findComplexity,
  },

  insights: {
    anyOf: eachOf(hasProblem),
    rare: "malformed",
    facet: {
      by: "values",
      column: { name: Prisma.sql`insights`, value: () => problemValue },
      // Malformed insights are missing too.
      counts: Prisma.sql`
      select found.value, count(*)::int as count
      from matching, unnest(array[insights, case when insights = 'malformed' then 'missing' end]) as found (value)
      where found.value <> '' group by 1`,
    },
    terms: (value) => (value === "malformed" ? { may: null, sure: null } : exactly("i:", " | 't*'")(value)),
  },

  "document.type": documentColumn(Prisma.sql`d.document_type`),

  "document.status": documentColumn(Prisma.sql`d.processing_status`),

  // Written as in its index (sql/0160). Like "=" on the column, this collation tells apart texts that differ by a byte.
  company: textColumn(Prisma.sql`coalesce(c.company, '') collate desk_people`, { name: Prisma.sql`company` }),

  page: withBeginning(
    textColumn(Prisma.sql`c.page_url`, { name: Prisma.sql`page`, column: Prisma.sql`left(c.page_url, 2001)` }),
  ),

  batch: {
    anyOf: (values) =>
      Prisma.sql`(c.id in (select h.contact_id from contact_history h where h.batch_id = any(${values}::uuid[])))`,
    facet: null,
  },

  insight: {
    anyOf: eachOf(insightConditionMatches),
    allOf: (values) => values.map(insightConditionMatches),
    facet: null,
  },
};

/** A single address is also matched by its beginning, because its index (sql/0290) holds only that. */
function withBeginning<Page extends Matching>(page: Page): Page {
  return {
    ...page,
    anyOf: (values, viewer) =>
      values.length === 1 && values[0]
        ? Prisma.sql`(left(c.page_url, 200) = left(${values[0]}::text, 200) and c.page_url = ${values[0]})`
        : page.anyOf(values, viewer),
  };
}

/** The nested boolean, or the one at the top level where there is no nested one. */
function isBusiness(value: boolean): Prisma.Sql {
  const nested = insightsContain({ content_analysis: { has_business_content: value } });
  const otherwise = insightsContain({ content_analysis: { has_business_content: !value } });
  return Prisma.sql`(${nested} or (${insightsContain({ has_business_content: value })} and not ${otherwise}))`;
}

/** Malformed insights are missing too. "malformed" is written word for word as in its index (sql/0535). */
function hasProblem(value: string): Prisma.Sql {
  if (value !== "malformed") return Prisma.sql`(${insightsAreSound} is not true)`;
  return Prisma.sql`(c.document_insights <> '{}' and ${insightsProblem} = 'malformed')`;
}
