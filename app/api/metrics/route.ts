import type { NextRequest } from "next/server";
import { answerMetrics, answerRefusedMetrics } from "@/lib/metrics/answer";
import { refuseMetrics } from "@/lib/server/http/metrics-access";

export const dynamic = "force-dynamic";

/** The desk's metrics for Prometheus, protected by METRICS_TOKEN. The server refuses strangers before this runs. */
export async function GET(request: NextRequest): Promise<Response> {
  const refused = refuseMetrics(request.headers.get("authorization"));
  return refused ? answerRefusedMetrics(refused) : answerMetrics();
}
