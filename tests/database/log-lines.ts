import { createLog, getLog } from "@/lib/runtime/log";
import { forgetOfProcess, ofProcess } from "@/lib/runtime/of-process";

function replace(log: ReturnType<typeof getLog>): void {
  forgetOfProcess("log");
  ofProcess("log", () => log);
}

/** The lines that are logged while `work` runs. */
export async function listLogLines(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const own = getLog();
  replace(createLog({ write: (line) => lines.push(JSON.parse(line)) }));
  try {
    await work();
  } finally {
    replace(own);
  }
  return lines;
}
