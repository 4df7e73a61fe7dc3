import type { ServerResponse } from "node:http";
import { getMeasures } from "@/lib/runtime/measures";
import { beforeHead } from "../shares/admission";
import type { RequestKind } from "../shares/fair-shares";

/**
 * Measures how long a request takes to be answered, by its route and status. For a stream, which may last for hours, it
 * is the time to its head. A client that leaves before the end counts as "gone".
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
