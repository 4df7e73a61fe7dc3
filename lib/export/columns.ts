/**
 * An export column: its label for people, its group, whether it is left out by default, and what it is in a workbook
 * unless text. Its key is its name in the file and the URL.
 */
export type ExportColumn = {
  label: string;
  group: "Contact" | "Insights" | "Record";
  optional?: true;
  kind?: "number" | "time";
};

/** All export columns, in file order. Their SQL is in rows.ts. */
export const exportColumns = {
  id: { label: "Id", group: "Contact" },
  timestamp: { label: "Sent", group: "Contact", kind: "time" },
  name: { label: "Name", group: "Contact" },
  email: { label: "E-mail", group: "Contact" },
  company: { label: "Company", group: "Contact" },
  service: { label: "Service", group: "Contact" },
  budget: { label: "Budget", group: "Contact" },
  message: { label: "Message", group: "Contact" },
  status: { label: "Status", group: "Contact" },
  assignee: { label: "Assignee", group: "Contact" },
  snoozed_until: { label: "Snoozed until", group: "Contact", kind: "time" },
  spam_reason: { label: "Spam reason", group: "Contact" },
  duplicate_of: { label: "Duplicate of", group: "Contact" },
  source: { label: "Source", group: "Contact" },
  page: { label: "Page", group: "Contact" },
  types: { label: "Document types", group: "Insights" },
  language: { label: "Language", group: "Insights" },
  confidence: { label: "Confidence", group: "Insights" },
  business: { label: "Business content", group: "Insights" },
  documents: { label: "Number of documents", group: "Insights", kind: "number" },
  complexity: { label: "Complexity", group: "Insights", kind: "number" },
  insights: { label: "Missing or malformed", group: "Insights" },
  document_insights: { label: "Insights as JSON", group: "Insights", optional: true },
  user_agent: { label: "Browser", group: "Record" },
  document_processing_enabled: { label: "Documents processed", group: "Record" },
  search_capabilities: { label: "Searchable", group: "Record" },
  version: { label: "Version", group: "Record", kind: "number" },
  first_contacted_at: { label: "First contacted", group: "Record", kind: "time" },
  created_at: { label: "Created", group: "Record", kind: "time" },
  updated_at: { label: "Updated", group: "Record", kind: "time" },
  last_updated: { label: "Updated by the website", group: "Record", kind: "time" },
} as const satisfies Record<string, ExportColumn>;

export type ColumnKey = keyof typeof exportColumns;

/** The keys of all columns, in file order. */
export const columnKeys = Object.keys(exportColumns) as ColumnKey[];

/** The columns of a file if none were chosen: all but the raw JSON, which can be megabytes per contact. */
export const defaultColumns = columnKeys.filter((key) => !("optional" in exportColumns[key]));

/** What a column's cells are in a workbook. */
export function kindOfColumn(key: ColumnKey): "text" | "number" | "time" {
  const column: ExportColumn = exportColumns[key];
  return column.kind ?? "text";
}

/** Whether a text is a column's name. */
export function isColumnKey(text: string): text is ColumnKey {
  return Object.hasOwn(exportColumns, text);
}
