"use server";
import { z } from "zod";
import { requireStaff } from "@/lib/staff/session/session";
import { fileProblems } from "./file";
import { type Preview, previewDocument } from "./preview";

export type { Preview };

const input = z.strictObject({ id: z.uuid() });

/** How a document is previewed, decided by the file's content. Changes nothing. */
export async function describePreview(raw: unknown): Promise<Preview> {
  await requireStaff();
  const parsed = input.safeParse(raw);
  return parsed.success ? previewDocument(parsed.data.id) : { kind: "none", words: fileProblems.unknown.words };
}
