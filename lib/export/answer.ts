import "server-only";
import { getDeskSettings } from "@/lib/desk/settings";
import { getViewer } from "@/lib/desk/viewer";
import { printDisposition } from "@/lib/documents/disposition";
import { resolveDays } from "@/lib/filter/days";
import type { Staff } from "@/lib/staff/staff";
import { type Export, startExport } from "./export";
import { type ExportFormatKey, exportFormats } from "./formats";
import { exportLimits, recordExport } from "./record";
import { parseExport } from "./request";
import { exportProblems } from "./words";

type Wanted = { params: URLSearchParams; staff: Pick<Staff, "id">; withBody: boolean; signal: AbortSignal };

/**
 * The HTTP answer for an export: the file as a stream, or a sentence that says what is wrong, with a fitting status.
 * `x-contact-count` says how many contacts the file will hold. A stream with fewer always ends with an error.
 * @throws DatabaseError
 */
export async function answerExport({ params, staff, withBody, signal }: Wanted): Promise<Response> {
  const parsed = parseExport(params);
  if ("problem" in parsed) return answerPlainly(400, parsed.problem);
  // A HEAD request gets the headers of a file, but starts no export.
  const fileHeaders = {
    ...privacy,
    "accept-ranges": "none",
    "content-type": exportFormats[parsed.request.format].type,
  };
  if (!withBody) return new Response(null, { headers: fileHeaders });
  const [desk, viewer] = await Promise.all([getDeskSettings(), getViewer(staff)]);
  // The record of the export must say which days it held.
  const request = { ...parsed.request, filter: resolveDays(parsed.request.filter, viewer) };
  const recorded = await recordExport(staff.id, request);
  if (!recorded.ok) {
    const minutes = Math.ceil(recorded.retryAfter / 60);
    return answerPlainly(429, exportProblems.tooMany(exportLimits.hourly, minutes), recorded.retryAfter);
  }
  const started = await startExport({
    id: recorded.id,
    staffId: staff.id,
    request,
    viewer,
    signal,
  });
  if (!started) {
    return answerPlainly(429, exportProblems.running(exportLimits.running), 10);
  }
  return new Response(started.body, {
    headers: { ...fileHeaders, ...describeFile(desk.name, request.format, started) },
  });
}

function describeFile(desk: string, format: ExportFormatKey, { day, matching }: Export): Record<string, string> {
  const name = `${desk} contacts ${day}.${exportFormats[format].ending}`;
  return {
    "content-disposition": printDisposition("attachment", name),
    "x-contact-count": String(matching),
  };
}

const privacy = {
  "x-content-type-options": "nosniff",
  // no-transform: compression would cost more processor time than all the rest, and hide how fast the reader is.
  "cache-control": "private, no-store, no-transform",
  "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
};

/** A sentence instead of a file. `retryAfter` in seconds. */
export function answerPlainly(status: number, words: string, retryAfter?: number): Response {
  const headers = { ...privacy, "content-type": "text/plain; charset=utf-8" };
  return new Response(`${words}\n`, {
    status,
    headers: retryAfter === undefined ? headers : { ...headers, "retry-after": String(retryAfter) },
  });
}
