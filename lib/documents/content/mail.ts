import "server-only";
import { randomUUID } from "node:crypto";
import PostalMime, { type Address } from "postal-mime";
import { formatInstant } from "@/lib/desk/time";

/** What an e-mail says. Everything in it is text, and shown as nothing else. */
export type Mail = {
  /** Its head in the order in which it is shown: "From", "To", … */
  head: { name: string; value: string }[];
  text: string;
  attachments: string[];
  /** Whether the file is longer than what was read, so that text or attachments may be missing. */
  cut: boolean;
};

/** Most bytes of an e-mail that are read, and most characters and attachments that are shown. */
export const mailLimits = { bytes: 512 * 1024, characters: 50_000, headCharacters: 1_000, attachments: 50 };

/** postal-mime's own limits, far below its defaults. E-mails inside are listed as attachments. */
const limits = { maxNestingDepth: 20, maxHeadersSize: 128 * 1024, forceRfc822Attachments: true };

/**
 * Reads an e-mail's beginning (RFC 5322, MIME). Null if it cannot be understood.
 * @param cut whether the file goes on
 * @param zone the desk's, in which its date is shown
 */
export async function readMail(beginning: Uint8Array, cut: boolean, zone: string): Promise<Mail | null> {
  try {
    const { from, to, cc, date, subject, text, html, attachments } = await PostalMime.parse(beginning, limits);
    const head = [
      { name: "From", value: from ? printAddress(from) : "" },
      { name: "To", value: to?.map(printAddress).join(", ") ?? "" },
      { name: "Copy", value: cc?.map(printAddress).join(", ") ?? "" },
      { name: "Date", value: date === undefined ? "" : printDate(date, zone) },
      { name: "Subject", value: subject ?? "" },
    ];
    const words = text ?? (html === undefined ? "" : await readMarkup(html));
    return {
      head: head
        .filter(({ value }) => value.trim() !== "")
        .map(({ name, value }) => ({ name, value: shorten(value, mailLimits.headCharacters) })),
      text: shorten(words.replace(/\r\n?/g, "\n").trim(), mailLimits.characters),
      attachments: attachments
        .slice(0, mailLimits.attachments)
        .map(({ filename, mimeType }) => shorten(filename?.trim() || mimeType || "without a name", 200)),
      cut: cut || words.length > mailLimits.characters || attachments.length > mailLimits.attachments,
    };
  } catch {
    return null;
  }
}

/** postal-mime gives ISO 8601 where it understands the date, and otherwise what is written. */
function printDate(date: string, zone: string): string {
  const at = new Date(date);
  return Number.isNaN(at.getTime()) ? date : formatInstant(at, zone);
}

function printAddress({ name, address, group }: Address): string {
  if (group) return `${name}: ${group.map(printAddress).join(", ")}`;
  return name && name !== address ? `${name} <${address}>` : (address ?? "");
}

/**
 * The words of an HTML body. postal-mime has the conversion, and uses it where a message also has plain text: so the
 * body is put into such a message.
 */
async function readMarkup(html: string): Promise<string> {
  const boundary = randomUUID();
  const part = (type: string, body: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;
  const parts = part("text/plain", "") + part("text/html", dropUnseen(html));
  const message = `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${parts}--${boundary}--\r\n`;
  return (await PostalMime.parse(message, limits)).text ?? "";
}

/** HTML without what a browser would not show as words. Each character is passed once or twice, whatever it says. */
function dropUnseen(html: string): string {
  const open = /<(style|script|title)\b/gi;
  let kept = "";
  let from = 0;
  for (let found = open.exec(html); found; found = open.exec(html)) {
    kept += html.slice(from, found.index);
    const close = new RegExp(`</${found[1]}[^<>]*>`, "gi");
    close.lastIndex = open.lastIndex;
    if (!close.test(html)) return kept;
    from = close.lastIndex;
    open.lastIndex = from;
  }
  return kept + html.slice(from);
}

function shorten(words: string, most: number): string {
  return words.length > most ? `${words.slice(0, most)}…` : words;
}
