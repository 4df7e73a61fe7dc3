import { fileTypeFromBuffer } from "file-type";

/** What a file is, judged by its content alone. Its name and its row are ignored. */
export type ContentKind =
  | { kind: "pdf"; type: "application/pdf" }
  | { kind: "image"; type: "image/png" | "image/jpeg" | "image/gif" | "image/webp" }
  | { kind: "text"; type: "text/plain; charset=utf-8" }
  | { kind: "markup" | "empty" | "other"; type: "application/octet-stream" };

/** How many bytes of a file are examined. */
export const sniffedBytes = 4_100;

const images = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;
const other: ContentKind = { kind: "other", type: "application/octet-stream" };

/**
 * Tells PDF, PNG, JPEG, GIF, WebP, text and markup (HTML, SVG, XML) from everything else.
 * @param head the file's beginning, or all of it if it is shorter than `sniffedBytes`
 */
export async function sniffContent(head: Uint8Array): Promise<ContentKind> {
  if (head.length === 0) return { kind: "empty", type: "application/octet-stream" };
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found?.mime === "application/pdf") return { kind: "pdf", type: "application/pdf" };
  const image = images.find((type) => type === found?.mime);
  if (image) return { kind: "image", type: image };
  const text = decodeText(head);
  if (text === null) return other;
  // As browsers sniff it: the first characters after white space begin a tag, a comment or a declaration.
  if (/^\s*<[a-z!?/]/i.test(text)) return { kind: "markup", type: "application/octet-stream" };
  return found ? other : { kind: "text", type: "text/plain; charset=utf-8" };
}

/** Decodes UTF-8 bytes whose last character may be cut off. Null if they are not text. */
function decodeText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: bytes.length >= sniffedBytes });
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
