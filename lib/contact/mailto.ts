import { breakLines } from "@/lib/text/visible-text";
import { cutText } from "./json-text";
import { parseMailAddress } from "./mail-address";

/** Mail programs on Windows refuse longer addresses. */
const longestHref = 1_900;

type MailSource = { name: string; email: string; service: string | null; message: string; sent: string };

/**
 * A mailto link (RFC 6068) to reply to a contact: subject, and the message quoted as far as a link can carry it.
 * @param contact `sent` is the day or instant in words
 * @returns `problem` says in words why the address cannot be answered
 */
export function mailtoHref({
  name,
  email,
  service,
  message,
  sent,
}: MailSource): { href: string } | { problem: string } {
  const address = parseMailAddress(email);
  if (!address.ok) return { problem: address.problem };
  const subject = encodeURIComponent(oneLine(service ? `Re: your message about ${service}` : "Re: your message"));
  const start = `mailto:${address.inLink}?subject=${subject}&body=`;
  const heading = `\r\n\r\n${oneLine(`On ${sent}, ${name} wrote:`)}\r\n`;
  const room = longestHref - start.length - encodeURIComponent(heading).length;
  return { href: `${start}${encodeURIComponent(heading)}${quoteWithin(message, room)}` };
}

function oneLine(text: string): string {
  return cutText(text.replace(/[\s\p{Cc}]+/gu, " ").trim(), 120);
}

/** The message, encoded, each line behind "> ", whole characters only, ending in an ellipsis where it was cut. */
function quoteWithin(message: string, room: number): string {
  const ellipsis = encodeURIComponent("…");
  const lineStart = encodeURIComponent("> ");
  let quoted = lineStart;
  // Each character takes at least one, so more than `room` of them cannot fit.
  const text = cutText(breakLines(message), Math.max(room, 0));
  for (const character of text) {
    const piece = character === "\n" ? `%0D%0A${lineStart}` : encodeURIComponent(character);
    if (quoted.length + piece.length + ellipsis.length > room) return quoted + ellipsis;
    quoted += piece;
  }
  return text.length < message.length && message.length > room ? quoted + ellipsis : quoted;
}
