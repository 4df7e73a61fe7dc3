import { type SampleContact, type SamplePlan, sampleId } from "./contacts";
import { contentTypes, SAMPLE_BUCKET, type SampleDocument } from "./documents";
import { averageComplexity, summarise } from "./insights";
import { createRandom, hashText, randomUuid } from "./random";
import { type Story, type StoryDocument, stories } from "./story-texts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The youngest story is this old, so that every story has waited longer than any generated contact. */
const YOUNGEST_DAYS = 11;

/**
 * The contacts that have waited longest, so that the queue begins with them: written by hand, each with documents that
 * hold what its message says. Two are in review, with a note, if the plan has staff.
 */
export function storyContacts(plan: SamplePlan): SampleContact[] {
  return stories.map((story, place) => storyContact(plan, story, place));
}

function storyContact(plan: SamplePlan, story: Story, place: number): SampleContact {
  const random = createRandom(plan.seed, hashText(story.email), 4);
  const at = workingMorning(plan.calendar.until - (YOUNGEST_DAYS + stories.length - place) * DAY, place);
  const id = sampleId(at, random);
  const documents = story.documents.map((document, i) =>
    storyDocument(document, randomUuid(random), at + (i + 1) * 2 * MINUTE),
  );
  const [, , agent] = plan.staff;
  const review = agent && story.note ? { at: at + HOUR, staff: agent } : null;
  return {
    id,
    name: story.name,
    email: story.email,
    company: story.company,
    service: story.service,
    budget: story.budget,
    message: story.message,
    at,
    status: review ? "in_review" : "new",
    source: story.source ?? "website",
    userAgent:
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    pageUrl: "/contact",
    processing: true,
    search: true,
    insights: printInsights(story, documents),
    documents,
    changes: review ? [{ ...review, from: "new", to: "in_review", sets: { assigneeId: review.staff } }] : [],
    notes:
      review && story.note
        ? [{ id: randomUuid(random), author: review.staff, text: story.note, at: review.at + 5 * MINUTE }]
        : [],
  };
}

/** On the weekday at or before an instant, central European winter time: from nine on, an hour later for each place. */
function workingMorning(instant: number, place: number): number {
  const local = instant + HOUR;
  const weekday = new Date(local).getUTCDay();
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  return local - (local % DAY) - back * DAY - HOUR + (9 + place) * HOUR + ((place * 17) % 60) * MINUTE;
}

function storyDocument(document: StoryDocument, id: string, uploadedAt: number): SampleDocument {
  const month = new Date(uploadedAt).toISOString().slice(0, 7).replace("-", "/");
  const processedAt = uploadedAt + MINUTE / 2;
  return {
    id,
    filename: document.filename,
    extension: document.extension,
    // Those of its file, once that is written.
    size: 0,
    contentType: contentTypes[document.extension],
    documentType: document.kind,
    description: null,
    tags: document.tags,
    uploadedAt,
    status: "completed",
    bucket: SAMPLE_BUCKET,
    key: `documents/${month}/${id}.${document.extension}`,
    hash: null,
    metadata: { duration_ms: 1_400, engine: "extract-2.4" },
    processedAt,
    indexedAt: processedAt + 2_000,
    complexity: document.complexity,
    hasFile: true,
    ...(document.chapters && { chapters: document.chapters }),
    ...(document.rows && { rows: document.rows }),
  };
}

function printInsights(story: Story, documents: SampleDocument[]): string {
  return JSON.stringify({
    ...summarise(documents),
    content_analysis: {
      has_business_content: true,
      confidence_level: documents.length > 1 ? "high" : "medium",
      primary_language: story.language,
      complexity_score: averageComplexity(documents) ?? 0.2,
    },
  });
}
