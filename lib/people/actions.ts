"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { contactIdSchema } from "@/lib/contact/identifier";
import { isStorable } from "@/lib/database/values";
import { answerChange, type ChangeResult, notUnderstood, refuse, refuseInput } from "@/lib/staff/change-result";
import { requireStaff } from "@/lib/staff/session/session";
import { isSameText } from "@/lib/text/fold";
import { trimText } from "@/lib/text/visible-text";
import { type Forgotten, forgetPerson } from "./forgetting";
import { type Candidate, confirmationOf, type PersonPreview } from "./person";
import { previewPerson } from "./preview";
import { findForgotten, findPeople, getPerson } from "./queries";
import { changeRetention, previewRetention } from "./retention";
import { retentionSchema } from "./retention-input";
import type { RetentionPreview } from "./retention-rules";

const search = z.strictObject({
  typed: z
    .string()
    .overwrite(trimText)
    .min(1, "Enter an address, a name or a contact id.")
    .max(255, "That is too long.")
    .refine(isStorable, "That contains a character that can't be stored."),
});
const choice = z.strictObject({ contact: contactIdSchema, withNames: z.boolean() });
const removal = choice.extend({ typed: z.string().max(255) });
const retention = z.strictObject({ rules: retentionSchema });

const gone = refuse("unknown", "This contact no longer exists.");

/** The people found, and when somebody with this address was forgotten. */
type Found = { people: Candidate[]; forgottenAt: Date | null };

/** Finds people by an address, a name or a contact's id. Admins. Changes nothing. */
export async function browsePeople(input: unknown): Promise<ChangeResult<Found>> {
  await requireStaff("admin");
  const parsed = search.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const { typed } = parsed.data;
  return answerChange(async () => ({
    ok: true,
    people: await findPeople(typed),
    forgottenAt: await findForgotten(typed),
  }));
}

/** Everything that the desk stores about the person who sent a contact. Admins. Changes nothing. */
export async function browsePerson(input: unknown): Promise<ChangeResult<{ preview: PersonPreview }>> {
  await requireStaff("admin");
  const parsed = choice.safeParse(input);
  if (!parsed.success) return notUnderstood;
  return answerChange(async () => {
    const person = await getPerson(parsed.data.contact);
    return person ? { ok: true, preview: await previewPerson(person, parsed.data.withNames) } : gone;
  });
}

/** Removes everything that the desk stores about a person, if their address was typed as confirmation. Admins. */
export async function removePerson(input: unknown): Promise<ChangeResult<Forgotten>> {
  const staff = await requireStaff("admin");
  const parsed = removal.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const { contact, typed, withNames } = parsed.data;
  const result = await answerChange<Forgotten>(async () => {
    const person = await getPerson(contact);
    if (!person) return gone;
    const wanted = confirmationOf(person);
    if (!isSameText(trimText(typed), trimText(wanted))) {
      return refuse("wrong", `Type ${wanted} to confirm.`, "typed");
    }
    return { ok: true, ...(await forgetPerson(staff.id, person, withNames)) };
  });
  if (result.ok) revalidatePath("/", "layout");
  return result;
}

/** What retention rules would remove on the next Monday. Admins. Changes nothing. */
export async function browseRetention(input: unknown): Promise<ChangeResult<{ preview: RetentionPreview }>> {
  await requireStaff("admin");
  const parsed = retention.safeParse(input);
  if (!parsed.success) return refuseRules(parsed.error);
  return answerChange(async () => ({ ok: true, preview: await previewRetention(parsed.data.rules) }));
}

/** Sets the retention rules; an empty list switches retention off. Admins. */
export async function setRetention(input: unknown): Promise<ChangeResult<{ preview: RetentionPreview }>> {
  await requireStaff("admin");
  const parsed = retention.safeParse(input);
  if (!parsed.success) return refuseRules(parsed.error);
  return answerChange(async () => {
    await changeRetention(parsed.data.rules);
    revalidatePath("/settings");
    return { ok: true, preview: await previewRetention(parsed.data.rules) };
  });
}

function refuseRules(error: z.ZodError) {
  return refuse("invalid", error.issues[0]?.message ?? notUnderstood.message);
}
