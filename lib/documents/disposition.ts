import { plainFileName } from "./file-name";

/**
 * A Content-Disposition header (RFC 6266, RFC 5987) that offers a file under its own name. Path separators and what
 * hides or reorders text are removed, because "offer‮fdp.docx" must not appear as "offerxcod.pdf".
 */
export function printDisposition(kind: "attachment" | "inline", filename: string): string {
  const name = safeFileName(filename);
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^ !#$&'()+,\-.0-9;=@A-Z[\]^_`a-z{}~]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/**
 * A file name that every file system accepts: at most 180 bytes, with its extension. Never empty, never "." or "..".
 */
export function safeFileName(filename: string): string {
  const cleaned = plainFileName(filename)
    .replace(/\p{Noncharacter_Code_Point}/gu, "")
    .replace(/[/\\:*?"<>|%]+/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. _]+(?=[^. _])/, "")
    .replace(/[. ]+$/, "")
    .trim();
  if (!/[\p{L}\p{N}]/u.test(cleaned)) return "document";
  const ending = /\.[a-z0-9]{1,8}$/i.exec(cleaned)?.[0] ?? "";
  const room = 180 - ending.length;
  let stem = "";
  let bytes = 0;
  // Whole characters as people see them: half an emoji would be another one.
  for (const { segment } of characters.segment(cleaned.slice(0, cleaned.length - ending.length))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > room) break;
    stem += segment;
  }
  return (stem || "document") + ending;
}

const characters = new Intl.Segmenter("und", { granularity: "grapheme" });
