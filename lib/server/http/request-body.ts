import { IncomingMessage } from "node:http";

/**
 * Reads a body of at most `limit` bytes; null for a longer one, whose rest is left unread.
 * @throws Error when the connection ends before the body does
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return null;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const done = (body: Buffer | null) => {
      request.off("data", take).off("end", end).off("close", gone);
      resolve(body);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else {
        request.pause();
        done(null);
      }
    };
    const end = () => done(Buffer.concat(chunks));
    const gone = () => reject(new Error("The connection ended before the body did."));
    request.on("data", take).once("end", end).once("close", gone).once("error", reject);
  });
}

/** A copy of the request with a body that was already read, so that later code can read it again. */
export function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(request.socket);
  again.method = request.method;
  again.url = request.url;
  again.httpVersion = request.httpVersion;
  again.httpVersionMajor = request.httpVersionMajor;
  again.httpVersionMinor = request.httpVersionMinor;
  again.rawHeaders = request.rawHeaders;
  again.headers = request.headers;
  // The body is complete now, however it was sent, so it gets a length instead of its transfer encoding.
  delete again.headers["transfer-encoding"];
  again.headers["content-length"] = String(body.length);
  again.push(body);
  again.push(null);
  again.complete = true;
  return again;
}
