import { isBlank, markHidden, trimText } from "@/lib/text/visible-text";

/** A document as a contact's page shows it. Its location in the store stays on the server. */
export type ContactDocument = {
  id: string;
  filename: string;
  /** Bytes, as reported by the website. Not checked against the file. */
  size: number;
  contentType: string;
  documentType: string;
  description: string | null;
  /** The stored tags as JSON text, at most 4,000 characters; see `readTags`. */
  tags: string | null;
  status: string | null;
  /** What the pipeline noted when it failed. */
  failure: string | null;
  uploadedAt: Date;
  processedAt: Date | null;
  indexedAt: Date | null;
  complexity: number | null;
  /** Whether the row has the file's location. */
  stored: boolean;
};

/** The label of a file's badge: its extension of at most four letters, or else the content type's subtype. */
export function fileBadge(filename: string, contentType: string): string {
  const extension = /\.([a-z0-9]{1,4})$/i.exec(trimText(filename))?.[1];
  if (extension) return extension.toUpperCase();
  const subtype = /^[a-z]+\/([a-z0-9]{1,4})$/i.exec(contentType)?.[1];
  return subtype ? subtype.toUpperCase() : "FILE";
}

/** Whether a file is probably a picture that browsers show. Only its content decides; this saves asking for others. */
export function looksLikePicture(filename: string, contentType: string): boolean {
  return /^image\/(png|jpeg|gif|webp)$/i.test(contentType) || /\.(png|jpe?g|gif|webp)$/i.test(trimText(filename));
}

/**
 * Parses stored tags: the strings and numbers of a JSON list. Anything else is left out, and JSON that is not a list
 * gives no tags.
 */
export function readTags(stored: string | null): string[] {
  if (stored === null) return [];
  try {
    const parsed: unknown = JSON.parse(stored);
    if (!Array.isArray(parsed)) return [];
    const tags = parsed
      .filter((tag) => typeof tag === "string" || Number.isFinite(tag))
      .map((tag) => String(tag).trim());
    return [...new Set(tags.filter((tag) => !isBlank(tag)))];
  } catch {
    return [];
  }
}

/** The label, colour and shape that show a document's processing status. Unknown statuses are shown as stored. */
export function processingLook(status: string | null): {
  label: string;
  colour: string;
  shape: "dot" | "half" | "ring";
} {
  switch (status) {
    case "completed":
      return { label: "Completed", colour: "var(--qualified)", shape: "dot" };
    case "failed":
      return { label: "Failed", colour: "var(--fail)", shape: "dot" };
    case "processing":
      return { label: "Processing", colour: "var(--in-review)", shape: "half" };
    case "pending":
      return { label: "Pending", colour: "var(--ink-3)", shape: "ring" };
    default:
      return {
        label: status === null || isBlank(status) ? "Not processed" : markHidden(status),
        colour: "var(--ink-3)",
        shape: "ring",
      };
  }
}
