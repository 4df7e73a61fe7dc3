"use server";
import { revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { readAddress } from "./address";
import { answerChange, type ChangeResult, notUnderstood, refuse, refuseInput } from "./change-result";
import { changeOwnName, changeOwnPassword, changePreferences } from "./own-account";
import {
  changeDisabled,
  changeRole,
  changeRoleToProvider,
  changeToFirstPassword,
  createStaff,
  removeIdentity,
} from "./people";
import { densities, themes } from "./preferences";
import { getStaffMember } from "./queries";
import { requireSession, requireStaff } from "./session/session";
import { endAllSessions, endSession } from "./session/sessions";
import { cookieOptions, isSecure, sessionCookieName, themeCookieName, themeSeconds } from "./session/token";
import { roles } from "./staff";
import { emailSchema, nameSchema, passwordSchema } from "./staff-input";
import { columnsSchema, exportColumnsSchema, exportFormatSchema, viewIdSchema } from "./stored-preferences";
import { staffProblems } from "./words";

const addSchema = z.strictObject({
  email: emailSchema,
  name: nameSchema,
  role: z.enum(roles),
  password: passwordSchema.nullable(),
});

/** Adds a person with a first password that they must change. A generated one is returned, this once. Admins only. */
export async function addStaff(input: unknown): Promise<ChangeResult<{ password: string | null }>> {
  const admin = await requireStaff("admin");
  const person = addSchema.safeParse(input);
  if (!person.success) return refuseInput(person.error);
  const result = await answerChange(() =>
    createStaff({ staffId: admin.id }, { ...person.data, mustChangePassword: true }),
  );
  revalidatePath("/staff");
  return result;
}

const resetSchema = z.strictObject({ id: z.uuid(), password: passwordSchema.nullable() });

/** Gives a person a new first password and signs them out. A generated one is returned, this once. Admins only. */
export async function resetPassword(input: unknown): Promise<ChangeResult<{ password: string | null }>> {
  const admin = await requireStaff("admin");
  const parsed = resetSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const { id, password } = parsed.data;
  if (id === admin.id) return refuse("self", staffProblems.ownPassword);
  const result = await answerChange<{ password: string | null }>(async () => {
    const person = await getStaffMember({ id });
    return person
      ? changeToFirstPassword({ staffId: admin.id }, person, password)
      : refuse("unknown", staffProblems.unknown);
  });
  revalidatePath("/staff");
  return result;
}

const roleSchema = z.strictObject({ id: z.uuid(), role: z.enum(roles) });

/** Gives a person another role and signs them out. Admins only. */
export async function setRole(input: unknown): Promise<ChangeResult> {
  const admin = await requireStaff("admin");
  const parsed = roleSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const result = await answerChange(() => changeRole({ staffId: admin.id }, parsed.data.id, parsed.data.role));
  revalidatePath("/staff");
  return result;
}

const personSchema = z.strictObject({ id: z.uuid() });

/** Lets the company's provider set a person's role, from their next sign-in with it. Admins only. */
export async function setRoleFromProvider(input: unknown): Promise<ChangeResult> {
  const admin = await requireStaff("admin");
  const parsed = personSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const result = await answerChange(() => changeRoleToProvider({ staffId: admin.id }, parsed.data.id));
  revalidatePath("/staff");
  return result;
}

/** Removes the link to a person's identity at the company's provider, and signs them out. Admins only. */
export async function unlinkProvider(input: unknown): Promise<ChangeResult> {
  const admin = await requireStaff("admin");
  const parsed = personSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const result = await answerChange(() => removeIdentity({ staffId: admin.id }, parsed.data.id));
  revalidatePath("/staff");
  return result;
}

const disabledSchema = z.strictObject({ id: z.uuid(), disabled: z.boolean() });

/** Disables a person at once, or enables them again. Admins only. */
export async function setDisabled(input: unknown): Promise<ChangeResult> {
  const admin = await requireStaff("admin");
  const parsed = disabledSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const result = await answerChange(() => changeDisabled({ staffId: admin.id }, parsed.data.id, parsed.data.disabled));
  revalidatePath("/staff");
  return result;
}

const ownPasswordSchema = z.strictObject({ current: z.string().max(1024), next: passwordSchema });

/** Sets one's own password, including the first one, and ends one's other sessions. */
export async function setOwnPassword(input: unknown): Promise<ChangeResult> {
  const staff = await requireSession();
  const parsed = ownPasswordSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const address = readAddress(await headers());
  const result = await answerChange(() => changeOwnPassword(staff, parsed.data, address));
  revalidatePath("/", "layout");
  return result;
}

const ownNameSchema = z.strictObject({ name: nameSchema });

/** Sets one's own name. */
export async function setOwnName(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = ownNameSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const result = await answerChange(async () => {
    await changeOwnName(staff.id, parsed.data.name);
    return { ok: true };
  });
  revalidatePath("/", "layout");
  return result;
}

const preferencesSchema = z
  .strictObject({
    theme: z.enum(themes).optional(),
    density: z.enum(densities).optional(),
    keys: z.boolean().optional(),
    columns: columnsSchema.optional(),
    defaultView: viewIdSchema.optional(),
    exportFormat: exportFormatSchema.optional(),
    exportColumns: exportColumnsSchema.optional(),
  })
  .refine((change) => Object.keys(change).length > 0);

/** Sets some of one's preferences, stored with the person. The theme is also put into a cookie for the first paint. */
export async function setPreferences(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = preferencesSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const { theme } = parsed.data;
  const result = await answerChange(async () => {
    await changePreferences(staff.id, parsed.data);
    return { ok: true };
  });
  if (result.ok && theme) {
    const secure = isSecure(await headers());
    (await cookies()).set(themeCookieName(secure), theme, cookieOptions(secure, themeSeconds));
  }
  revalidatePath("/", "layout");
  return result;
}

const sessionSchema = z.strictObject({ id: z.uuid() });

/** Ends another of one's own sessions. */
export async function endOwnSession(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = sessionSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const result = await answerChange(async () => {
    await endSession(staff.id, parsed.data.id);
    return { ok: true };
  });
  revalidatePath("/account");
  return result;
}

/** Ends this session and deletes its cookie. */
export async function signOut(): Promise<void> {
  const staff = await requireSession();
  await endSession(staff.id, staff.sessionId);
  await forgetCookie();
  redirect("/sign-in");
}

/** Ends all of one's sessions, this one included. */
export async function signOutEverywhere(): Promise<void> {
  const staff = await requireSession();
  await endAllSessions(staff.id);
  await forgetCookie();
  redirect("/sign-in");
}

async function forgetCookie(): Promise<void> {
  const secure = isSecure(await headers());
  (await cookies()).set(sessionCookieName(secure), "", cookieOptions(secure, 0));
}
