import { fileTypeFromBuffer } from "file-type";
import { decodeText } from "./text";

/** What a file is, judged by its content alone. Its name and its row are ignored. */
export type ContentKind =
  | { kind: "pdf"; type: "application/pdf" }
  | { kind: "image"; type: "image/png" | "image/jpeg" | "image/gif" | "image/webp" }
  /** An e-mail is text too: its preview shows what it says, and "Open" its source. */
  | { kind: "text" | "mail"; type: "text/plain; charset=utf-8" }
  | { kind: "markup" | "empty"; type: "application/octet-stream" }
  /** `format` is the name that file-type has for it, if it knows one. */
  | { kind: "archive"; type: "application/octet-stream"; format: string | null }
  | { kind: "other"; type: "application/octet-stream"; format: string | null };

/** How many bytes of a file are examined. The standard's 1,445 would cut the head of an e-mail. */
export const sniffedBytes = 4_100;

const text = "text/plain; charset=utf-8";
const download = "application/octet-stream";

/**
 * Tells PDF, PNG, JPEG, GIF, WebP, text and markup (HTML, SVG, XML) from everything else. It follows the WHATWG MIME
 * Sniffing Standard, section 7.1, in what it calls an image, markup or text. It differs in three ways: a PDF may begin
 * later; text is text whatever else its first letters spell ("BM" is no bitmap); and SVG counts as markup.
 * @param head the file's beginning, or all of it if it is shorter than `sniffedBytes`
 */
export async function sniffContent(head: Uint8Array): Promise<ContentKind> {
  if (head.length === 0) return { kind: "empty", type: download };
  const latin = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  if (isPdf(latin)) return { kind: "pdf", type: "application/pdf" };
  const image = findImage(latin);
  if (image) return { kind: "image", type: image.type };
  const decoded = decodeText(head, head.length >= sniffedBytes);
  if (decoded !== null && !sourceTexts.test(decoded)) {
    if (markup.test(decoded)) return { kind: "markup", type: download };
    return { kind: isMail(decoded) ? "mail" : "text", type: text };
  }
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  // "PK" and the mark of a file's head, or of the end of an archive without any.
  const kind = ["PK\x03\x04", "PK\x05\x06"].some((mark) => latin.startsWith(mark)) ? "archive" : "other";
  return { kind, type: download, format: found?.mime ?? null };
}

/** Section 6.1 of the standard: how they begin, and what a WebP has behind its length. */
const images = [
  { type: "image/png", marks: ["\x89PNG\r\n\x1a\n"] },
  { type: "image/jpeg", marks: ["\xff\xd8\xff"] },
  { type: "image/gif", marks: ["GIF87a", "GIF89a"] },
  { type: "image/webp", marks: ["RIFF"], further: "WEBPVP" },
] as const;

function findImage(latin: string) {
  return images.find(
    (image) =>
      image.marks.some((mark) => latin.startsWith(mark)) &&
      (!("further" in image) || latin.startsWith(image.further, 8)),
  );
}

/**
 * ISO 32000-1, annex H, note 13: readers accept a header anywhere in the first 1,024 bytes. After other bytes it counts
 * only if an object follows, because a text may well speak of "%PDF-1.7".
 */
function isPdf(latin: string): boolean {
  const at = latin.slice(0, 1_024 + 5).search(/%PDF-\d/);
  return at === 0 || latin.startsWith("%PDF-") || (at > 0 && /\d\s+\d+\s+obj\b/.test(latin.slice(at)));
}

/** Formats that are text to a computer only. */
const sourceTexts = /^(?:\{\\rtf1|%!PS-Adobe-)/;

/** Section 7.1, table of "identifying a resource with an unknown MIME type": a tag, then a blank or ">". */
const markup =
  /^[\t\n\f\r ]*<(?:!DOCTYPE HTML[ >]|(?:HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|SVG)[\s>/]|!--|\?xml)/i;

/**
 * RFC 5322, 2.2: an e-mail begins with lines of "Name: value", of which some are always there. A line of an mbox file
 * may come before. The sender may be too far behind what servers wrote on the way.
 */
function isMail(decoded: string): boolean {
  const [head = ""] = decoded.replace(/^From .*\r?\n/, "").split(/\r?\n\r?\n/, 1);
  const lines = head.split(/\r?\n/);
  // The last line may be cut.
  if (lines.length < 2 || !lines.slice(0, -1).every((line) => /^(?:[!-9;-~]+:|[ \t])/.test(line))) return false;
  const names = new Set(lines.map((line) => /^([!-9;-~]+):/.exec(line)?.[1]?.toLowerCase()));
  if (!names.has("from") && !names.has("received")) return false;
  return usualNames.filter((name) => names.has(name)).length >= 2;
}

const usualNames = [
  ...["message-id", "mime-version", "date", "subject", "to", "received", "return-path", "delivered-to"],
  ...["dkim-signature", "authentication-results"],
];
