import { cutText } from "./json-text";

/** Mail programs on Windows refuse longer addresses. */
const longestHref = 1_900;

/**
 * Whether a stored address can be written to: one line, one @, nothing that would end or extend the address in a mailto link.
 * Deliverability is not judged: "taro@例え.example" is sane.
 */
export function isSaneAddress(email: string): boolean {
  return (
    email.length <= 254 &&
    /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"/]+\.[^\s\p{C}@<>()[\]\\,;:"/.]+$/u.test(email)
  );
}

type MailSource = { name: string; email: string; service: string | null; message: string; sent: string };

/**
 * A mailto link (RFC 6068) to reply to a contact: subject, and the message quoted as far as a link can carry it.
 * @param contact `sent` is the day or instant in words
 * @returns null where the address is not sane
 */
export function mailtoHref({ name, email, service, message, sent }: MailSource): string | null {
  if (!isSaneAddress(email)) return null;
  const to = email.split("@").map(encodeURIComponent).join("@");
  const subject = encodeURIComponent(oneLine(service ? `Re: your message about ${service}` : "Re: your message"));
  const start = `mailto:${to}?subject=${subject}&body=`;
  const heading = `\r\n\r\n${oneLine(`On ${sent}, ${name} wrote:`)}\r\n`;
  const room = longestHref - start.length - encodeURIComponent(heading).length;
  return `${start}${encodeURIComponent(heading)}${quoteWithin(message, room)}`;
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
  const text = cutText(message.replace(/\r\n?/g, "\n"), Math.max(room, 0));
  for (const character of text) {
    const piece = character === "\n" ? `%0D%0A${lineStart}` : encodeURIComponent(character);
    if (quoted.length + piece.length + ellipsis.length > room) return quoted + ellipsis;
    quoted += piece;
  }
  return text.length < message.length && message.length > room ? quoted + ellipsis : quoted;
}
