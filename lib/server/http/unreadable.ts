import type { Duplex } from "node:stream";
import { pageHeaders, printPage } from "./plain-page";

/** A connection, with the answer that Node has begun on it. */
type Connection = Duplex & { _httpMessage?: { headersSent: boolean } | null };

const statuses: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

const tooLong = printPage(
  "That address is too long",
  "It holds more values than a browser can send. Choose fewer, or exclude the ones you don't want instead.",
  { href: "/contacts", label: "Back to the inbox" },
);

/**
 * Answers what could not be read as a request, with Node's own statuses. A person meets one of them: the address of a
 * filter with hundreds of values. It is said in words, because the browser would show an empty page.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, connection: Connection): void {
  if (connection.writable && !connection._httpMessage?.headersSent) {
    const status = statuses[error.code ?? ""] ?? "400 Bad Request";
    const body = error.code === "HPE_HEADER_OVERFLOW" ? tooLong : "";
    const headers = body ? Object.entries(pageHeaders).map(([name, value]) => `${name}: ${value}\r\n`) : [];
    connection.write(
      `HTTP/1.1 ${status}\r\nconnection: close\r\n${headers.join("")}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  connection.destroy();
}
