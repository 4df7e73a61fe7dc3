import "server-only";
import { logFailedRequest } from "@/lib/runtime/log";
import type { MetricsRefusal } from "@/lib/server/http/metrics-access";
import { printMetrics } from "./print";

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** The HTTP answer with all metrics, for a caller with a valid token. */
export async function answerMetrics(): Promise<Response> {
  try {
    const type = "text/plain; version=0.0.4; charset=utf-8";
    return new Response(await printMetrics(), { headers: { ...headers, "content-type": type } });
  } catch (error) {
    logFailedRequest(error, { method: "GET", route: "/api/metrics", kind: "merge" });
    return new Response("The numbers of the desk's processes could not be collected.\n", { status: 503, headers });
  }
}

/** The HTTP answer for a caller without a valid token. */
export function answerRefusedMetrics({ status, message, headers: own }: MetricsRefusal): Response {
  return new Response(`${message}\n`, { status, headers: { ...headers, ...own } });
}
