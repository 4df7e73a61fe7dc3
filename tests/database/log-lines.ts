import { createLog, getLog } from "@/lib/desk/log";

/** What the log says while `work` is done, by line. */
export async function listLogLines(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const shared = globalThis as unknown as { contactDeskLog?: unknown };
  const lines: Record<string, unknown>[] = [];
  const own = getLog();
  shared.contactDeskLog = createLog({ write: (line) => lines.push(JSON.parse(line)) });
  try {
    await work();
  } finally {
    shared.contactDeskLog = own;
  }
  return lines;
}
