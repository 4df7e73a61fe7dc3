"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { answerChange, type ChangeResult, refuseInput } from "@/lib/staff/change-result";
import { requireStaff } from "@/lib/staff/session/session";
import { nameSchema } from "@/lib/staff/staff-input";
import { targetsSchema, weekSchema } from "./response-input";
import { changeDeskSettings } from "./settings";

const settingsSchema = z.strictObject({
  name: nameSchema,
  timeZone: z.string().min(1).max(60),
  week: weekSchema,
  targets: targetsSchema,
  version: z.int().min(0),
});

/** Sets the desk's name, time zone, business hours and response targets. `version` is the one shown. Admins only. */
export async function setDeskSettings(input: unknown): Promise<ChangeResult<{ version: number }>> {
  await requireStaff("admin");
  const parsed = settingsSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const result = await answerChange(() => changeDeskSettings(parsed.data));
  revalidatePath("/", "layout");
  return result;
}
