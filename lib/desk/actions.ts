"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { answerChange, type ChangeResult, refuse, refuseInput } from "@/lib/staff/change-result";
import { requireStaff } from "@/lib/staff/session";
import { nameSchema } from "@/lib/staff/staff-input";
import { changeDeskSettings } from "./settings";

const settingsSchema = z.strictObject({ name: nameSchema, timeZone: z.string().min(1).max(60) });

/** Sets the desk's name and time zone. Admins. */
export async function setDeskSettings(input: unknown): Promise<ChangeResult> {
  await requireStaff("admin");
  const parsed = settingsSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const result = await answerChange(async () =>
    (await changeDeskSettings(parsed.data)) ? { ok: true } : refuse("invalid", "That is not a time zone.", "timeZone"),
  );
  revalidatePath("/", "layout");
  return result;
}
