"use server";
import { z } from "zod";
import { type Loaded, load } from "@/lib/desk/load";
import { requireStaff } from "@/lib/staff/session";
import type { OtherSubmission } from "./contact";
import { listOtherSubmissions } from "./queries";

const contactId = z.string().max(255);

/** The latest other contacts from the same address, for whoever says which one a contact repeats. Any staff may. */
export async function browseOtherSubmissions(input: unknown): Promise<Loaded<OtherSubmission[]>> {
  await requireStaff();
  const id = contactId.safeParse(input);
  if (!id.success || id.data.includes("\0")) return { ok: true, value: [] };
  const loaded = await load(listOtherSubmissions(id.data), "/contacts");
  return loaded.ok ? { ok: true, value: loaded.value.rows } : loaded;
}
