import { createHash } from "node:crypto";
import type { Calendar } from "./calendar";
import type { Language } from "./messages";
import { type Random, randomUuid } from "./random";

export type Extension = "pdf" | "docx" | "xlsx" | "pptx" | "png" | "jpg" | "txt" | "zip";

export type SampleDocument = {
  id: string;
  filename: string;
  extension: Extension;
  size: number;
  contentType: string;
  documentType: string;
  description: string | null;
  tags: string[];
  uploadedAt: number;
  status: string | null;
  bucket: string | null;
  key: string | null;
  hash: string | null;
  metadata: Record<string, unknown> | null;
  processedAt: number | null;
  indexedAt: number | null;
  /** From 0 to 1, like the insights' complexity. */
  complexity: number | null;
  /** Whether a real file is written for it (the sample only; its size and hash are then those of the file). */
  hasFile: boolean;
  /** What its file says, if that was written by hand: chapters with their headings, and the rows of a sheet. */
  chapters?: readonly Chapter[];
  rows?: (string | number)[][];
};

export type Chapter = readonly [heading: string, text: string];

export const SAMPLE_BUCKET = "contact-documents";

export const contentTypes: Record<Extension, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  png: "image/png",
  jpg: "image/jpeg",
  txt: "text/plain",
  zip: "application/zip",
};

const kinds = {
  requirements: {
    weight: 30,
    extensions: [
      ["pdf", 6],
      ["docx", 4],
      ["txt", 1],
    ],
    tags: ["scope", "requirements", "draft"],
  },
  diagram: {
    weight: 16,
    extensions: [
      ["png", 7],
      ["pdf", 2],
      ["jpg", 1],
    ],
    tags: ["architecture", "network"],
  },
  offer: {
    weight: 12,
    extensions: [
      ["pdf", 8],
      ["docx", 2],
    ],
    tags: ["offer", "competitor"],
  },
  spreadsheet: { weight: 10, extensions: [["xlsx", 1]], tags: ["figures", "budget"] },
  invoice: { weight: 8, extensions: [["pdf", 1]], tags: ["billing"] },
  presentation: {
    weight: 7,
    extensions: [
      ["pptx", 3],
      ["pdf", 2],
    ],
    tags: ["slides"],
  },
  screenshot: {
    weight: 8,
    extensions: [
      ["png", 4],
      ["jpg", 1],
    ],
    tags: ["website"],
  },
  contract: {
    weight: 5,
    extensions: [
      ["pdf", 5],
      ["docx", 2],
    ],
    tags: ["legal", "confidential"],
  },
  notes: {
    weight: 4,
    extensions: [
      ["txt", 4],
      ["docx", 1],
    ],
    tags: [],
  },
  archive: { weight: 1, extensions: [["zip", 1]], tags: ["export"] },
} satisfies Record<string, { weight: number; extensions: [Extension, number][]; tags: string[] }>;
type Kind = keyof typeof kinds;
const kindWeights = Object.entries(kinds).map(([kind, { weight }]) => [kind as Kind, weight] as const);

const stems: Partial<Record<Language, Partial<Record<Kind, string[]>>>> = {
  en: {
    requirements: ["Requirements", "Scope and requirements", "RFP final", "brief"],
    diagram: ["architecture", "current setup", "network diagram"],
    offer: ["Offer from another vendor", "quotation"],
    spreadsheet: ["Figures 2026", "Cost overview", "inventory"],
    invoice: ["Invoice 2026-0417", "cloud invoice"],
    presentation: ["Board slides", "Kick-off"],
    screenshot: ["Screenshot", "booking step 2"],
    contract: ["NDA signed", "framework contract"],
    notes: ["notes", "questions"],
    archive: ["export"],
  },
  de: {
    requirements: ["Anforderungen", "Lastenheft", "Ausschreibung"],
    diagram: ["Systemübersicht", "Netzplan"],
    offer: ["Angebot", "Vergleichsangebot"],
    spreadsheet: ["Kostenübersicht", "Kennzahlen 2026"],
    invoice: ["Rechnung 2026-311"],
    contract: ["Rahmenvertrag", "Verschwiegenheitserklärung"],
    notes: ["Notizen", "Fragen"],
  },
  fr: {
    requirements: ["Cahier des charges"],
    diagram: ["schéma"],
    offer: ["Devis"],
    invoice: ["Facture"],
    notes: ["questions"],
  },
  es: { requirements: ["Requisitos", "Pliego"], diagram: ["diagrama"], offer: ["Presupuesto"], invoice: ["Factura"] },
  ja: {
    requirements: ["要件定義書", "ご依頼内容"],
    diagram: ["システム構成図"],
    offer: ["見積書"],
    spreadsheet: ["費用一覧"],
  },
};

// Median size in bytes and how widely sizes scatter (standard deviation of the logarithm).
const sizes: Record<Extension, [number, number]> = {
  pdf: [280_000, 1],
  docx: [64_000, 0.8],
  xlsx: [48_000, 0.9],
  pptx: [1_900_000, 0.8],
  png: [340_000, 0.9],
  jpg: [620_000, 0.8],
  txt: [2_400, 0.8],
  zip: [5_200_000, 0.9],
};

const failures = [
  "unreadable: the file is encrypted",
  "unreadable: damaged cross-reference table",
  "timed out after 300 s",
  "unsupported format",
];

// Where real files are written, what cannot be made in a few lines gives way to what can.
const producible: Partial<Record<Extension, Extension>> = { pptx: "pdf", jpg: "png" };

function sampleSize(extension: Extension, random: Random): number {
  const [median, spread] = sizes[extension];
  const normal = random.next() + random.next() + random.next() + random.next() - 2; // variance 1/3
  return Math.max(1, Math.round(median * Math.exp(normal * Math.sqrt(3) * spread)));
}

function sampleFilename(kind: Kind, extension: Extension, language: Language, random: Random): string {
  const stem = random.pick(stems[language]?.[kind] ?? stems.en?.[kind] ?? [kind]);
  const version = random.weighted([
    ["", 6],
    [" v2", 2],
    [" (final)", 1],
    [`_${random.integer(1, 40)}`, 1],
    [" v2 (final) NEW", 0.5],
  ]);
  return `${stem}${version}.${random.chance(0.05) ? extension.toUpperCase() : extension}`;
}

/** A complexity with two digits; almost 1 is the most. */
export function toComplexity(value: number): number {
  return Math.round(Math.min(0.99, value) * 100) / 100;
}

/** How far the pipeline has come with a document, and what it noted. */
function sampleProcessing(at: number, extension: Extension, calendar: Calendar, random: Random) {
  const age = calendar.until - at;
  const status = calendar.isIncident(at)
    ? random.weighted([
        ["failed", 42],
        ["processing", 26],
        ["pending", 12],
        ["completed", 20],
      ])
    : age < 20 * 60_000
      ? random.weighted([
          ["pending", 50],
          ["processing", 30],
          ["completed", 20],
        ])
      : random.weighted([
          ["completed", 972],
          ["failed", extension === "zip" || extension === "xlsx" ? 60 : 12],
          ["pending", 6],
          ["processing", 3],
          [null, 1],
        ]);
  const done = status === "completed" || status === "failed";
  const processedAt = done ? Math.min(at + random.integer(4_000, 400_000), calendar.until - 1) : null;
  const failure = calendar.isIncident(at) ? "worker lost: no space left on device" : random.pick(failures);
  const metadata =
    status === "completed"
      ? {
          pages: random.integer(1, 24),
          words: random.integer(80, 9000),
          duration_ms: random.integer(300, 42_000),
          engine: "extract-2.4",
        }
      : status === "failed"
        ? { error: failure, attempts: 3 }
        : null;
  return { status, processedAt, metadata };
}

/** The documents of one contact: 1.5 on average, uploaded in the minutes after the message. */
export function sampleDocuments(
  at: number,
  language: Language,
  spam: boolean,
  files: boolean,
  calendar: Calendar,
  random: Random,
): SampleDocument[] {
  const count = spam
    ? random.weighted([
        [0, 9],
        [1, 1],
      ])
    : random.weighted([
        [0, 33],
        [1, 25],
        [2, 18],
        [3, 11],
        [4, 6],
        [5, 4],
        [random.integer(6, 12), 3],
      ]);
  // One visitor's documents are alike, and those who bring many have a harder question.
  const difficulty = spam ? 0 : 0.1 + count * 0.07 + random.next() * 0.45;
  let uploadedAt = at;
  return Array.from({ length: count }, () => {
    uploadedAt = Math.min(uploadedAt + random.integer(15_000, 240_000), calendar.until - 1);
    const kind = random.weighted(kindWeights);
    const drawn = random.weighted<Extension>(kinds[kind].extensions);
    const extension = files ? (producible[drawn] ?? drawn) : drawn;
    const id = randomUuid(random);
    const { status, processedAt, metadata } = sampleProcessing(uploadedAt, extension, calendar, random);
    const day = new Date(uploadedAt).toISOString().slice(0, 7).replace("-", "/");
    const size = sampleSize(extension, random);
    const tags = (kinds[kind].tags as string[]).filter(() => random.chance(0.6));
    return {
      id,
      filename: sampleFilename(kind, extension, language, random),
      extension,
      size,
      contentType: random.chance(0.02) ? "application/octet-stream" : contentTypes[extension],
      documentType: random.chance(0.02) ? "unknown" : kind,
      description: random.weighted([
        [null, 6],
        ["", 1],
        ["As discussed", 2],
        ["Please treat as confidential", 1],
      ]),
      tags,
      uploadedAt,
      status,
      bucket: SAMPLE_BUCKET,
      key: random.chance(0.004) ? null : `documents/${day}/${id}.${extension}`,
      hash: createHash("sha256").update(id).digest("hex"),
      metadata,
      processedAt,
      indexedAt: status === "completed" && processedAt ? Math.min(processedAt + 2_000, calendar.until - 1) : null,
      complexity: status === "completed" ? toComplexity(difficulty + random.next() * 0.2) : null,
      hasFile: files && random.chance(0.97),
    };
  });
}
