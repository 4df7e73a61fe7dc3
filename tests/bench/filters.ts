import { addDays } from "@/lib/analytics/days";
import type { ContactFilter } from "@/lib/filter/filter";
import {
  complexityNumber,
  documentsNumber,
  insightsAreSound,
  insightsProblem,
  languageValue,
} from "@/lib/filter/sql/insight-values";
import { parseFilter } from "@/lib/filter/url";

/** A condition as the URL has it, and as somebody would write it by hand who knows every index. */
export type Condition = { url: string; sql: string };

// Numbers are asked for by the very expressions of their indexes: any other text would be no ideal.
const documents = documentsNumber.sql;
const complexity = complexityNumber.sql;
const holds = (part: string) => `c.document_insights @> '${part}'`;
const page = (path: string) => `left(c.page_url, 200) = '${path}' and c.page_url = '${path}'`;
const hasDocument = (condition: string) => `c.id in (select d.contact_id from documents d where ${condition})`;
const existsDocument = (condition: string) =>
  `exists (select from documents d where d.contact_id = c.id and ${condition})`;

/** Every single filter: common, rare, absent and old values of each field. */
export function listConditions(today: string, zone: string): Condition[] {
  const day = (back: number) => addDays(today, -back);
  const begin = (date: string) => `c."timestamp" >= timestamptz '${date} 00:00 ${zone}'`;
  const end = (date: string) => `c."timestamp" < timestamptz '${addDays(date, 1)} 00:00 ${zone}'`;
  const rows: [url: string, sql: string][] = [
    ["status=closed", "c.status = 'closed'"],
    ["status=new", "c.status = 'new'"],
    ["status=on_hold", "c.status = 'on_hold'"],
    ["status=waiting-on-legal", "c.status = 'waiting-on-legal'"],
    ["status=nowhere", "c.status = 'nowhere'"],
    ["status=", "(c.status is null or c.status in ('', 'Not specified'))"],
    ["status=new&status=in_review", "c.status in ('new', 'in_review')"],
    ["-status=closed", "c.status is distinct from 'closed'"],
    ["service=Cloud Architecture", "c.service = 'Cloud Architecture'"],
    ["service=Training", "c.service = 'Training'"],
    ["service=", "(c.service is null or c.service in ('', 'Not specified'))"],
    ["-service=Cloud Architecture", "c.service is distinct from 'Cloud Architecture'"],
    ["source=website", "c.source = 'website'"],
    ["source=import", "c.source = 'import'"],
    ["source=nowhere", "c.source = 'nowhere'"],
    ["-source=website", "c.source is distinct from 'website'"],
    ["company=Nobody at all", "coalesce(c.company, '') collate desk_people = 'Nobody at all'"],
    ["page=/contact", page("/contact")],
    ["page=/nowhere", page("/nowhere")],
    ["type=pdf", holds('{"document_types":["pdf"]}')],
    ["type=xlsx", holds('{"document_types":["xlsx"]}')],
    ["type=nothing", holds('{"document_types":["nothing"]}')],
    ["type.all=docx&type.all=pdf", holds('{"document_types":["docx","pdf"]}')],
    ["-type=pdf", `(${holds('{"document_types":["pdf"]}')}) is not true`],
    ["language=en", holds('{"content_analysis":{"primary_language":"en"}}')],
    ["language=ar", holds('{"content_analysis":{"primary_language":"ar"}}')],
    ["language=xx", holds('{"content_analysis":{"primary_language":"xx"}}')],
    ["-language=en", `(${holds('{"content_analysis":{"primary_language":"en"}}')}) is not true`],
    ["confidence=high", holds('{"content_analysis":{"confidence_level":"high"}}')],
    ["language=", `${languageValue.sql} = ''`],
    ["insights=missing", `${insightsAreSound.sql} is not true`],
    ["insights=malformed", `${insightsProblem.sql} = 'malformed'`],
    ["confidence=low", holds('{"content_analysis":{"confidence_level":"low"}}')],
    [
      "business=true",
      `(${holds('{"content_analysis":{"has_business_content":true}}')} or (${holds('{"has_business_content":true}')}
        and jsonb_typeof(c.document_insights #> '{content_analysis,has_business_content}') is distinct from 'boolean'))`,
    ],
    ["documents=3-", `${documents} >= 3`],
    ["documents=8-", `${documents} >= 8`],
    ["documents=999", `${documents} = 999`],
    ["documents=", `${documents} = -1`],
    ["complexity=0.5-", `${complexity} >= 0.5`],
    ["complexity=0.98-", `${complexity} >= 0.98`],
    ["complexity=", `${complexity} is null`],
    ["document.type=requirements", hasDocument("d.document_type = 'requirements'")],
    ["document.type=nothing", hasDocument("d.document_type = 'nothing'")],
    ["document.status=completed", hasDocument("d.processing_status = 'completed'")],
    ["document.status=failed", hasDocument("d.processing_status = 'failed'")],
    ["-document.status=completed", `not ${existsDocument("d.processing_status = 'completed'")}`],
    [`from=${day(2)}`, begin(day(2))],
    [`to=${day(355)}`, end(day(355))],
    [`from=${day(300)}&to=${day(270)}`, `${begin(day(300))} and ${end(day(270))}`],
  ];
  return rows.map(([url, sql]) => ({ url, sql }));
}

/** The filter of a URL. @throws Error when it is none: a question that asks something else is no question */
export function toFilter(url: string): ContactFilter {
  const { filter, problems } = parseFilter(new URLSearchParams(url));
  if (problems[0]) throw new Error(`${url} is no filter: ${problems[0].message}`);
  return filter;
}
