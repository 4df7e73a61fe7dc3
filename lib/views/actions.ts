"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { answerChange, type ChangeResult, notUnderstood, refuseInput } from "@/lib/staff/change-result";
import { requireStaff } from "@/lib/staff/session/session";
import { nameSchema } from "@/lib/staff/staff-input";
import { longestColumns, longestFilter, longestName, toStored } from "./view";
import { changeContent, changeName, changePosition, changeShared, createView, deleteView } from "./write";

const viewName = nameSchema.pipe(z.string().max(longestName, `Use at most ${longestName} characters.`));
const content = {
  filter: z.string().max(longestFilter, "This filter is too long to save."),
  columns: z.string().min(1).max(longestColumns).nullable(),
};
const addSchema = z.strictObject({ name: viewName, shared: z.boolean(), ...content });

/** Saves a filter and its columns as a new view, for oneself or shared with everybody. */
export async function addView(input: unknown): Promise<ChangeResult<{ id: string }>> {
  const staff = await requireStaff();
  const parsed = addSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const { name, shared, ...printed } = parsed.data;
  const stored = toStored(printed);
  if (stored === null) return notUnderstood;
  return settle(() => createView(staff, { name, shared, ...stored }));
}

const contentSchema = z.strictObject({ id: z.uuid(), ...content, seen: z.strictObject(content) });

/** Saves another filter and its columns in a view; `seen` is what the view had when the person saw it. */
export async function setViewContent(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = contentSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const { id, seen, ...printed } = parsed.data;
  const stored = toStored(printed);
  if (stored === null) return notUnderstood;
  return settle(() => changeContent(staff, id, stored, seen));
}

const nameInput = z.strictObject({ id: z.uuid(), name: viewName });

/** Gives a view another name. */
export async function setViewName(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = nameInput.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  return settle(() => changeName(staff, parsed.data.id, parsed.data.name));
}

const sharedSchema = z.strictObject({ id: z.uuid(), shared: z.boolean() });

/** Shares a view with everybody, or makes it its owner's alone again. */
export async function setViewShared(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = sharedSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  return settle(() => changeShared(staff, parsed.data.id, parsed.data.shared));
}

const moveSchema = z.strictObject({ id: z.uuid(), by: z.literal([-1, 1]) });

/** Moves a view one place up or down in its list. */
export async function moveView(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = moveSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  return settle(() => changePosition(staff, parsed.data.id, parsed.data.by));
}

const removeSchema = z.strictObject({ id: z.uuid() });

/** Deletes a view. */
export async function removeView(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = removeSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  return settle(() => deleteView(staff, parsed.data.id));
}

async function settle<T>(change: () => Promise<ChangeResult<T>>): Promise<ChangeResult<T>> {
  const result = await answerChange(change);
  revalidatePath("/", "layout");
  return result;
}
