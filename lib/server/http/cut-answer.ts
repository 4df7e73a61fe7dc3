import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Makes an answer that breaks off end with a reset of its connection, where the request is HTTP/1.0. There is no other
 * mark of a whole answer in it: a file that breaks off would look complete, for example to an nginx in front that was
 * not told to speak HTTP/1.1. From HTTP/1.1 on the last chunk is the mark (RFC 9112, 6.3 and 8).
 */
export function resetWhereCut(request: IncomingMessage, response: ServerResponse): void {
  if (request.httpVersionMajor !== 1 || request.httpVersionMinor !== 0) return;
  const destroy = response.destroy.bind(response);
  response.destroy = (error) => {
    if (!response.writableFinished) response.socket?.resetAndDestroy();
    return destroy(error);
  };
}
