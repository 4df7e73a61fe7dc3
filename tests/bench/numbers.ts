import { lastDays } from "@/lib/analytics/days";
import { emptyFilter } from "@/lib/filter/filter";
import { documentsNumber } from "@/lib/filter/sql/insight-values";
import { countContacts, countLimit } from "@/lib/list/counts";
import { listFacets } from "@/lib/list/facets";
import { readAnalytics } from "../analytics";
import { viewerIn } from "../viewer";
import { capture } from "./capture";
import { toFilter } from "./filters";
import { type Question, requireSame } from "./line";
import { clockOften, databaseTimesBeside, databaseTimesByTurns, unlessSlow } from "./measure";
import type { World } from "./world";

type Set = { url: string; sql: string };

const sets: Set[] = [
  { url: "", sql: "true" },
  { url: "status=new", sql: "c.status = 'new'" },
  { url: "status=closed", sql: "c.status = 'closed'" },
  { url: "source=import", sql: "c.source = 'import'" },
  { url: "type=pdf", sql: `c.document_insights @> '{"document_types":["pdf"]}'` },
  {
    url: "type=pdf&confidence=high",
    sql: `c.document_insights @> '{"document_types":["pdf"],"content_analysis":{"confidence_level":"high"}}'`,
  },
  { url: "status=nowhere", sql: "c.status = 'nowhere'" },
  // Common each, and none has both.
  {
    url: "documents=&language=en",
    sql: `${documentsNumber.sql} = -1 and c.document_insights @> '{"content_analysis":{"primary_language":"en"}}'`,
  },
];

/** Counts, facets and charts: numbers over many contacts. */
export function numberQuestions(world: World): Question[] {
  return [
    ...sets.map((set) => countQuestion(world, set)),
    ...sets.map((set) => facetsQuestion(world, set)),
    analyticsQuestion(world, 30, 500),
    analyticsQuestion(world, 365, 1_500),
  ];
}

const nameOf = ({ url }: Set) => url || "everything";

function countQuestion({ client, zone, repeat }: World, set: Set): Question {
  return {
    group: "counts",
    name: `count: ${nameOf(set)}`,
    ask: async () => {
      const { result, statements } = await capture(() => countContacts(toFilter(set.url), viewerIn(zone)));
      const text = `select count(*)::int as count from (select 1 from contact_submissions c where ${set.sql} limit ${countLimit + 1}) x`;
      const counted = (await client.query<{ count: number }>(text)).rows[0]?.count ?? 0;
      requireSame(result, { count: Math.min(counted, countLimit), exact: counted <= countLimit });
      const { ours, ideal } = await databaseTimesBeside(client, statements, [{ text, values: [] }], repeat);
      return { ours, ideal, unit: "ms", bar: "100 ms", met: ours.p95 <= 100, note: result.exact ? "exact" : "10,000+" };
    },
  };
}

/** By the clock, because several statements run at once. Compared by the statuses, where they are said to be exact. */
function facetsQuestion({ client, zone, repeat }: World, set: Set): Question {
  return {
    group: "facets",
    name: `all facets: ${nameOf(set)}`,
    ask: async () => {
      const filter = toFilter(set.url);
      const started = performance.now();
      const facets = await listFacets(filter, viewerIn(zone));
      const first = `first ${Math.round(performance.now() - started)} ms`;
      const byStatus = facets.find(({ key }) => key === "status");
      const note = facets.every(({ exact }) => exact) ? "exact" : "of the newest, marked so";
      // A facet counts under the filter without its own field.
      const condition = filter.fields.status ? "true" : set.sql;
      const text = `select coalesce(nullif(c.status, 'Not specified'), '') as value, count(*)::int as count
        from contact_submissions c where ${condition} group by 1 order by 2 desc, 1`;
      const ideal = await unlessSlow(client, async () => {
        const { rows } = await client.query<{ value: string; count: number }>(text);
        if (byStatus?.exact) {
          const given = byStatus.values.filter(({ count }) => count > 0).map(({ value, count }) => ({ value, count }));
          requireSame(given.sort(byCount), rows.sort(byCount));
        }
        const [timing] = await databaseTimesByTurns(client, [[{ text, values: [] }]], repeat);
        return timing ?? null;
      });
      const ours = await clockOften(repeat, () => listFacets(filter, viewerIn(zone)));
      return {
        ours,
        ideal,
        unit: "ms",
        bar: "400 ms",
        met: ours.p50 <= 400,
        note: `${note}; ${first}; ideal: statuses alone`,
      };
    },
  };
}

function byCount(a: { value: string; count: number }, b: { value: string; count: number }): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}

function analyticsQuestion({ client, zone, today, repeat }: World, days: number, limit: number): Question {
  return {
    group: "analytics",
    name: `analytics, ${days} days, all charts`,
    ask: async () => {
      const range = lastDays(days, today);
      const { result, statements } = await capture(() => readAnalytics(emptyFilter, range, viewerIn(zone)));
      const text = `select date_trunc('day', c."timestamp" at time zone '${zone}') as day, c.status, count(*)::int as contacts
        from contact_submissions c where c."timestamp" >= timestamptz '${range.from} 00:00 ${zone}' group by 1, 2`;
      const { rows } = await client.query<{ contacts: number }>(text);
      const total = (counted: { contacts: number }[]) => counted.reduce((sum, { contacts }) => sum + contacts, 0);
      requireSame(total(result.byDay), total(rows));
      const { ours, ideal } = await databaseTimesBeside(client, statements, [{ text, values: [] }], repeat);
      const met = ours.p50 <= limit;
      return { ours, ideal, unit: "ms", bar: `${limit} ms`, met, note: "ideal: contacts by day and status alone" };
    },
  };
}
