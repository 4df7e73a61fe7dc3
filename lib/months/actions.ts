"use server";
import { revalidatePath } from "next/cache";
import { load } from "@/lib/desk/load";
import { answerChange, type ChangeResult, refuseInput } from "@/lib/staff/change-result";
import { requireStaff } from "@/lib/staff/session/session";
import { monthRulesSchema } from "./month-input";
import type { MonthPreview } from "./month-rules";
import { changeMonthRules, previewMonths } from "./months";

type Previewed = { preview: MonthPreview | null };

/** The months that rules would detach, with rows and size. Admins. Changes nothing. */
export async function browseMonths(input: unknown): Promise<ChangeResult<Previewed>> {
  await requireStaff("admin");
  const parsed = monthRulesSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  return answerChange(async () => ({ ok: true, preview: await previewMonths(parsed.data) }));
}

/** Sets how many months are kept; null keeps all. Admins. */
export async function setMonths(input: unknown): Promise<ChangeResult<Previewed>> {
  await requireStaff("admin");
  const parsed = monthRulesSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  return answerChange(async () => {
    await changeMonthRules(parsed.data);
    revalidatePath("/settings");
    // The rules are saved, whether or not what they mean can be counted in time.
    const preview = await load(previewMonths(parsed.data), "/settings");
    return { ok: true, preview: preview.ok ? preview.value : null };
  });
}
