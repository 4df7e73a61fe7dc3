import { createHash, timingSafeEqual } from "node:crypto";
import { readSetting } from "@/lib/settings/settings";

/** The path that Prometheus scrapes. */
export const metricsPath = "/api/metrics";

/** Why somebody is not given the metrics. */
export type MetricsRefusal = { status: 401 | 404; reason: string; message: string; headers?: Record<string, string> };

/**
 * Null for whoever sends METRICS_TOKEN as `Authorization: Bearer …`, else the refusal. Without the setting everybody
 * gets 404. The comparison takes the same time whatever was sent.
 * @throws SettingError
 */
export function refuseMetrics(authorization: string | null | undefined): MetricsRefusal | null {
  const token = readSetting("METRICS_TOKEN");
  if (token === undefined) return { status: 404, reason: "no metrics", message: "There is nothing here." };
  const given = /^Bearer +(.+)$/i.exec(authorization ?? "")?.[1] ?? "";
  if (timingSafeEqual(hash(given), hash(token))) return null;
  const headers = { "www-authenticate": "Bearer" };
  return { status: 401, reason: "metrics token", message: "This needs the desk's token for metrics.", headers };
}

/** A hash, because the comparison needs texts of one length. */
function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
