import { type SampleDocument, toComplexity } from "./documents";
import type { Language } from "./messages";
import type { Random } from "./random";

const LEGACY_BEFORE_DAYS = 270;

/** Insights that years of writers left behind: each must be shown as malformed, and none may break anything. JSON text, written as it is. */
export const malformedInsights = [
  "null",
  "[]",
  '"five"',
  "[1,2,3]",
  '{"total_documents":"five","document_types":"pdf","content_analysis":[]}',
  '{"total_documents":1e400,"content_analysis":{"complexity_score":1e400}}',
  '{"total_documents":-3,"document_types":[1,null,"pdf"],"content_analysis":{"confidence_level":"HIGH!","complexity_score":7}}',
  '{"content_analysis":{"has_business_content":"yes","primary_language":"klingon","confidence_level":null}}',
];

/** The part of the insights that counts a contact's documents. */
export function summarise(documents: SampleDocument[]): Record<string, unknown> {
  const last = documents.at(-1);
  const finished = documents.filter((document) => document.status === "completed").length;
  return {
    total_documents: documents.length,
    document_types: [...new Set(documents.map((document) => document.extension))].sort(),
    total_size: documents.reduce((sum, document) => sum + document.size, 0),
    ...(last && { last_document_upload: `${new Date(last.uploadedAt).toISOString().slice(0, 19)}Z` }),
    processing_status:
      documents.length === 0 || finished === documents.length
        ? "completed"
        : documents.some((document) => document.status === "failed")
          ? "failed"
          : "processing",
  };
}

/** The average complexity of the documents that have one; null where none has. */
export function averageComplexity(documents: SampleDocument[]): number | null {
  const known = documents.flatMap(({ complexity }) => complexity ?? []);
  return known.length > 0 ? toComplexity(known.reduce((sum, each) => sum + each, 0) / known.length) : null;
}

/** The insights with the documents' size as it is now; as they are if they hold no size. */
export function withSize(insights: string | null, documents: SampleDocument[]): string | null {
  if (!insights?.includes('"total_size"')) return insights;
  const { total_size } = summarise(documents);
  return JSON.stringify({ ...JSON.parse(insights), total_size });
}

/** What the website's analysis writes about a contact's documents, as JSON text; null where it never ran. */
export function sampleInsights(
  documents: SampleDocument[],
  language: Language,
  spam: boolean,
  ageDays: number,
  random: Random,
): string | null {
  if (random.chance(0.003)) return random.pick(malformedInsights);
  // Rare, so that averages by the insights are those of the documents.
  if (documents.length === 0 && random.chance(0.08)) return random.chance(0.8) ? "{}" : null;
  const finished = documents.filter((document) => document.status === "completed").length;
  const business = !spam && random.chance(documents.length > 0 ? 0.82 : 0.45);
  const confidence = random.weighted(
    documents.length >= 2
      ? ([
          ["high", 5],
          ["medium", 4],
          ["low", 1],
        ] as const)
      : ([
          ["high", 1],
          ["medium", 4],
          ["low", 5],
        ] as const),
  );
  const summary = summarise(documents);
  // Older rows: the flag at the top level and nothing about the content.
  if (ageDays > LEGACY_BEFORE_DAYS && random.chance(0.8))
    return JSON.stringify({ ...summary, has_business_content: business });
  if (documents.length > 0 && finished === 0) return JSON.stringify(summary);
  return JSON.stringify({
    ...summary,
    content_analysis: {
      has_business_content: business,
      confidence_level: confidence,
      primary_language: random.chance(0.93) ? language : "en",
      complexity_score:
        averageComplexity(documents) ?? toComplexity(spam ? random.next() * 0.2 : 0.1 + random.next() * 0.45),
    },
  });
}
