import type { SampleContact, SamplePlan } from "./contacts";
import type { Cell } from "./copy";
import { printInstant } from "./copy";
import { createRandom, randomUuid } from "./random";

const pages = [
  "/",
  "/",
  "/services/cloud",
  "/services/devops",
  "/services/data",
  "/services/web",
  "/pricing",
  "/about",
  "/contact",
  "/training",
];

/** What the website counted around one contact: page views (each rank stands for a share of the year's traffic), the submission, the uploads. */
export function* sampleEvents(
  plan: SamplePlan,
  index: number,
  contact: SampleContact,
  views: number,
): Generator<readonly Cell[]> {
  const random = createRandom(plan.seed, index, 2);
  for (let i = 0; i < views; i++) {
    const at = plan.calendar.at(((index % plan.count) + (i + random.next()) / views) / plan.count);
    const data = {
      page: random.pick(pages),
      language: random.pick(["en", "en", "en", "de", "fr", "ja"]),
      visitor: random.hex(8),
    };
    yield [randomUuid(random), "page_view", JSON.stringify(data), printInstant(at), printInstant(at)];
  }
  const at = printInstant(contact.at);
  yield [
    randomUuid(random),
    "contact_submission",
    JSON.stringify({ contact_id: contact.id, source: contact.source }),
    at,
    at,
  ];
  for (const document of contact.documents) {
    const uploaded = printInstant(document.uploadedAt);
    const data = { contact_id: contact.id, document_id: document.id, size: document.size };
    yield [randomUuid(random), "document_upload", JSON.stringify(data), uploaded, uploaded];
  }
}
