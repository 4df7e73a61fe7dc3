import type { ServerResponse } from "node:http";
import { beforeHead } from "./admission";
import type { RequestKind } from "./fair-shares";
import { getMeasures } from "./measures";

/**
 * Measures how long a request takes to be answered, by its route and status. Of a stream, which may last for hours, the time to
 * its head. Who has gone before the answer's end counts as "gone".
 */
export function measureRequest(response: ServerResponse, route: string, kind: RequestKind): void {
  const started = performance.now();
  const observe = (status: string) =>
    getMeasures().requestSeconds.observe({ route, status }, (performance.now() - started) / 1_000);
  if (kind !== "stream") {
    response.once("close", () => observe(response.writableFinished ? String(response.statusCode) : "gone"));
    return;
  }
  let begun = false;
  beforeHead(response, (status) => {
    begun = true;
    observe(String(status));
  });
  response.once("close", () => {
    if (!begun) observe("gone");
  });
}
