"use server";
import { z } from "zod";
import { load } from "@/lib/desk/load";
import { deskWords } from "@/lib/desk/wording";
import { requireStaff } from "@/lib/staff/session/session";
import { getPlan, type PlanResult } from "./plans";

const choice = z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/) });

/** The plan of one of the desk's own statements, chosen by id. Admins. Changes nothing. */
export async function explainStatement(input: unknown): Promise<PlanResult> {
  await requireStaff("admin");
  const chosen = choice.safeParse(input);
  if (!chosen.success) return { ok: false, message: deskWords.unreadable };
  const loaded = await load(getPlan(chosen.data.id), "/database");
  return loaded.ok ? loaded.value : { ok: false, message: loaded.message };
}
