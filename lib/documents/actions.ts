"use server";
import { z } from "zod";
import { SettingError } from "@/lib/settings/settings";
import { requireStaff } from "@/lib/staff/session/session";
import { describeFile, fileProblems } from "./file";
import { getDocumentFile } from "./queries";
import { openFile } from "./store";

/** How a document is shown, or a sentence that says why it cannot be. */
export type Preview = { kind: "pdf" | "image" | "text" } | { kind: "none"; words: string };

const input = z.strictObject({ id: z.uuid() });

/** What kind of preview a document has, decided by the file's content. Changes nothing. */
export async function describePreview(raw: unknown): Promise<Preview> {
  await requireStaff();
  const parsed = input.safeParse(raw);
  const document = parsed.success ? await getDocumentFile(parsed.data.id) : null;
  if (!document) return { kind: "none", words: fileProblems.unknown.words };
  try {
    const opened = await openFile(document);
    const found = opened.ok ? await describeFile(opened.file) : opened.problem;
    if (found === "pdf" || found === "image" || found === "text") return { kind: found };
    return { kind: "none", words: fileProblems[found].words };
  } catch (error) {
    if (error instanceof SettingError) return { kind: "none", words: fileProblems.not_configured.words };
    throw error;
  }
}
