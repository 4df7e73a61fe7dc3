"use server";
import { type Loaded, load } from "@/lib/desk/load";
import { requireStaff } from "@/lib/staff/session/session";
import type { OtherSubmission } from "./contact";
import { contactIdSchema } from "./identifier";
import { listOtherSubmissions } from "./queries";

/**
 * The latest other contacts from the same address, to choose from which of them a contact is a duplicate of. Any staff
 * may.
 */
export async function browseOtherSubmissions(input: unknown): Promise<Loaded<OtherSubmission[]>> {
  await requireStaff();
  const id = contactIdSchema.safeParse(input);
  if (!id.success) return { ok: true, value: [] };
  const loaded = await load(listOtherSubmissions(id.data), "/contacts");
  return loaded.ok ? { ok: true, value: loaded.value.rows } : loaded;
}
