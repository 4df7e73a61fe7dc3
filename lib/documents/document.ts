/** A document as a contact's page shows it. Its location in the store stays on the server. */
export type ContactDocument = {
  id: string;
  filename: string;
  /** Bytes as the website said; not checked against the file. */
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
  /** Whether the row says where the file is. */
  stored: boolean;
};

/** What a file's name says it is, for the badge: at most four letters, or the content type's own word. */
export function fileBadge(filename: string, contentType: string): string {
  const extension = /\.([a-z0-9]{1,4})$/i.exec(filename.trim())?.[1];
  if (extension) return extension.toUpperCase();
  const subtype = /^[a-z]+\/([a-z0-9]{1,4})$/i.exec(contentType)?.[1];
  return subtype ? subtype.toUpperCase() : "FILE";
}

/** Tags from their stored JSON: strings and numbers of a list; anything else is left out, and no list gives none. */
export function readTags(stored: string | null): string[] {
  if (stored === null) return [];
  try {
    const parsed: unknown = JSON.parse(stored);
    if (!Array.isArray(parsed)) return [];
    const tags = parsed
      .filter((tag) => typeof tag === "string" || Number.isFinite(tag))
      .map((tag) => String(tag).trim());
    return [...new Set(tags.filter((tag) => tag !== ""))];
  } catch {
    return [];
  }
}

/** How a document's processing stands: its name, and the colour of its mark. Unknown ones are shown as stored. */
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
      return { label: status?.trim() || "Not processed", colour: "var(--ink-3)", shape: "ring" };
  }
}
