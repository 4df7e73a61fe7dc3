import { joinWords } from "@/lib/desk/wording";
import type { HistoryEntry } from "./contact";
import { given } from "./given";
import { statusLabel } from "./status";
import { triageColumns, wroteAgainColumn } from "./triage";

/** One change in words: who, what they did, and the step of the status where there is one. */
export type HistoryWords = { who: string; what: string; step: { from: string; to: string } | null };

/** The website's fields as staff call them. Fields that only the pipeline writes are described by what it did. */
const fieldNames: Record<string, string> = {
  name: "name",
  email: "e-mail address",
  company: "company",
  service: "service",
  budget: "budget",
  message: "message",
  timestamp: "time of sending",
  source: "source",
  user_agent: "browser",
  page_url: "page",
  id: "id",
  assignee_id: "assignee",
  snoozed_until: "snooze",
  spam_reason: "spam reason",
  duplicate_of: "original",
  document_processing_enabled: "document processing",
  search_capabilities: "search settings",
};

/**
 * A row of history as a sentence in parts: "Tomo Sato" "changed the status" from In review to New; "The website"
 * "analysed documents".
 */
export function describeHistory(
  entry: Pick<HistoryEntry, "operation" | "actor" | "staffName" | "undo" | "fields" | "statusFrom" | "statusTo">,
): HistoryWords {
  const who = { staff: given(entry.staffName) ?? "A colleague", website: "The website", system: "Contact Desk" }[
    entry.actor
  ];
  if (entry.operation === "delete") return { who, what: "deleted the contact", step: null };
  const stepped = entry.fields.includes("status");
  const step = stepped ? { from: statusLabel(entry.statusFrom), to: statusLabel(entry.statusTo) } : null;
  const analysed = entry.fields.includes("document_insights");
  const back = entry.fields.includes(wroteAgainColumn);
  const ends = back ? [triageColumns.snoozedUntil, wroteAgainColumn] : [];
  const others = entry.fields.filter((field) => !["status", "document_insights", ...ends].includes(field));
  const deeds = [
    ...(analysed ? ["analysed documents"] : []),
    ...(back ? ["brought it back because the same address wrote again"] : []),
    ...(others.length > 0 ? [`changed the ${joinWords(others.map((field) => fieldNames[field] ?? field))}`] : []),
    ...(stepped ? [entry.undo ? "restored the status" : "changed the status"] : []),
  ];
  return { who, what: deeds.length > 0 ? joinWords(deeds) : "changed the contact", step };
}
