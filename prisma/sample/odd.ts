import { notSpecified } from "@/lib/database/not-given";
import type { SampleContact } from "./contacts";
import { SAMPLE_BUCKET, type SampleDocument } from "./documents";
import { malformedInsights } from "./insights";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Ids that no website would give today, and that must survive in every link. */
export const oddIds = ["legacy 5/ümlaut?&#", "legacy/2019/import+7%20", "0", "contact_✓_旧", "a'b\"c<d>"];

const longParagraph =
  "This is the complete history of our project, because your form has no limit and nobody should have to ask twice. " +
  "It began with a spreadsheet, and then with a second one that was supposed to replace the first. ";

function oddDocument(id: string, filename: string, at: number, change: Partial<SampleDocument> = {}): SampleDocument {
  return {
    id,
    filename,
    extension: "txt",
    size: 0,
    contentType: "text/plain",
    documentType: "requirements",
    description: null,
    tags: [],
    uploadedAt: at + 60_000,
    status: "completed",
    bucket: SAMPLE_BUCKET,
    key: `documents/odd/${id}.txt`,
    hash: null,
    metadata: null,
    processedAt: at + 120_000,
    indexedAt: null,
    complexity: 0.35,
    hasFile: true,
    ...change,
  };
}

/** The rows that years leave behind and that a page must bear: odd ids, long and right-to-left text, bidi controls, malformed insights. */
export function oddContacts(until: number): SampleContact[] {
  const base = {
    company: null,
    service: null,
    budget: null,
    status: "new",
    source: "website",
    userAgent: null,
    pageUrl: null,
    processing: true,
    search: true,
    insights: "{}",
    documents: [],
    changes: [],
    notes: [],
  } satisfies Partial<SampleContact>;
  const [importId = "", pathId = "", zeroId = "", checkId = "", quoteId = ""] = oddIds;
  const times = Array.from({ length: 12 }, (_, i) => until - 5 * HOUR - i * 0.4 * DAY);
  const time = (i: number) => times[i] ?? until - DAY;
  const bidiName = "offer\u202Efdp.docx";
  const longName = `${"Протокол встречи и перечень требований ".repeat(4)}(${"версия ".repeat(3)}).txt`;
  const uuid = (n: number) => `0dd00000-0000-4000-8000-${n.toString().padStart(12, "0")}`;
  return [
    {
      ...base,
      id: importId,
      name: "Old Import",
      email: "OLD@EXAMPLE.COM",
      service: "Cloud Architecture",
      message: "an id that must survive being in a URL",
      at: until - 364.5 * DAY,
      source: "import",
      insights: '"a string"',
      status: "closed",
    },
    {
      ...base,
      id: pathId,
      name: "Second Import",
      email: "second@example.com",
      message: "",
      at: until - 364 * DAY,
      source: "import",
      insights: null,
      status: null,
    },
    {
      ...base,
      id: zeroId,
      name: "Batch Job",
      email: "ops@example.com",
      message: "test",
      at: time(0),
      source: null,
      insights: malformedInsights[4] ?? null,
    },
    {
      ...base,
      id: checkId,
      name: "محمد عبد الرحمن",
      email: "m.abdulrahman@example.org",
      company: "مجموعة النخيل",
      service: "Data Engineering",
      message: "مرحباً، نود معرفة تكلفة نقل 40 GB من البيانات إلى PostgreSQL قبل 2027-01-31.\nشكراً لكم",
      at: time(1),
    },
    {
      ...base,
      id: quoteId,
      name: 'O\'Brien, Síle "Sheila" <script>alert(1)</script>',
      email: "sile@example.ie",
      company: '=HYPERLINK("http://example.com","click")',
      service: "Web Development",
      message: 'Line one\nline two\twith a tab, "quotes", <b>tags</b>, and =HYPERLINK("x")',
      at: time(2),
    },
    {
      ...base,
      id: "contact_odd_emoji",
      name: "🚀 Zoë 👩‍💻 Launchpad",
      email: "zoe@example.com",
      company: "🦊🦊🦊",
      service: "Web Development",
      message: "We 💙 your work! 🎉🎉 Can you build us something like it? 👨‍👩‍👧‍👦",
      at: time(3),
    },
    {
      ...base,
      id: "contact_odd_long_name",
      name: "Maximiliane Friederike Theodora von und zu Hohenstein-Schillingsfürst-Wolkenburg-Trauttmansdorff, geborene Freiin Ungerechtfertigtlangnamig zu Oberdonaudampfschifffahrtsgesellschaft".slice(
        0,
        200,
      ),
      email: `${"very.long.mailbox.".repeat(6)}name@subdomain.of.a.rather.long.company.example`,
      company:
        "Gesellschaft für außergewöhnlich umfangreiche Unternehmensbezeichnungen und deren sachgerechte Darstellung in Tabellen mbH & Co. KG",
      service: "Dashboards",
      message: "Kurze Nachricht, langer Name.",
      at: time(4),
    },
    {
      ...base,
      id: "contact_odd_long_message",
      name: "Ruth Harper",
      email: "ruth.harper@example.com",
      company: "Marlow Publishing",
      service: "Data Engineering",
      message: longParagraph.repeat(60).slice(0, 10_000),
      at: time(5),
      documents: [oddDocument(uuid(1), longName, time(5))],
    },
    {
      ...base,
      id: "contact_odd_bidi_file",
      name: "Ivy Ward",
      email: "ivy@example.com",
      service: "Security Review",
      message: "The offer is attached. Please open it quickly.",
      at: time(6),
      documents: [
        oddDocument(uuid(2), bidiName, time(6), {
          status: "failed",
          documentType: "offer",
          metadata: { error: "unsupported format", attempts: 3 },
        }),
        oddDocument(uuid(3), "../../etc/passwd", time(6), {
          status: null,
          key: null,
          bucket: null,
          hasFile: false,
          documentType: "unknown",
          contentType: "application/octet-stream",
          complexity: null,
          processedAt: null,
        }),
      ],
    },
    {
      ...base,
      id: "contact_odd_huge_number",
      name: "Theo Ellis",
      email: "theo@example.com",
      service: "Training",
      message: "How many places are left?",
      at: time(7),
      insights: malformedInsights[5] ?? null,
    },
    {
      ...base,
      id: "contact_odd_array",
      name: "No Status",
      email: "none@example.com",
      service: notSpecified,
      company: notSpecified,
      budget: "$1",
      message: "status is null here",
      at: time(8),
      insights: "[1,2,3]",
      status: null,
    },
    {
      ...base,
      id: "contact_odd_unbroken",
      name: "W".repeat(90),
      email: "w@example.com",
      message: `${"https://example.com/".repeat(1)}${"a".repeat(900)}`,
      at: time(9),
      status: "on_hold",
    },
  ];
}
