"use server";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { z } from "zod";
import { staffProblems } from "@/lib/staff/words";
import { readAddress } from "../address";
import { answerChange, type ChangeResult, notUnderstood, refuse, refuseInput } from "../change-result";
import { withPassword } from "../own-account";
import { requireSession, requireStaff } from "../session/session";
import { roles } from "../staff";
import { passwordSchema } from "../staff-input";
import { printSetUpUri } from "./codes";
import { type DrawnCode, drawCode } from "./drawn-code";
import { changeFactorRoles, confirmFactor, endFactor, renewCodes, resetFactor, startFactor } from "./second-factor";

const passwordInput = z.strictObject({ password: passwordSchema });
const nothing = z.strictObject({}).transform(() => ({ password: "" }));

/**
 * Starts to set up a second step: gives the secret for an authenticator app, as text and as a QR code. It needs the
 * password, unless the desk requires the step before anything else.
 */
export async function startSecondFactor(input: unknown): Promise<ChangeResult<{ secret: string; drawing: DrawnCode }>> {
  const staff = await requireSession();
  const parsed = (staff.mustSetUpFactor ? nothing : passwordInput).safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  if (!staff.hasPassword) return refuse("unknown", staffProblems.withoutPassword);
  return answerChange(async () => {
    const started = await startFactor(staff, parsed.data.password, readAddress(await headers()));
    if (!started.ok) return started;
    const { secret, desk } = started;
    return { ok: true, secret, drawing: drawCode(printSetUpUri(secret, staff.email, desk)) };
  });
}

const confirmSchema = z.strictObject({
  code: z.string({ error: staffProblems.giveCode }).min(1, staffProblems.giveCode).max(100),
});

/** Confirms the set-up by a code from the app. The recovery codes are returned, this once. */
export async function confirmSecondFactor(input: unknown): Promise<ChangeResult<{ codes: string[] }>> {
  const staff = await requireSession();
  const parsed = confirmSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  // The page is not refreshed, so that the codes stay until they have been read.
  return answerChange(() => confirmFactor(staff, parsed.data.code));
}

/** Removes one's own second step. */
export async function endSecondFactor(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const parsed = passwordInput.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const address = readAddress(await headers());
  const result = await answerChange(() =>
    withPassword<object>(staff, parsed.data.password, address, async () => {
      await endFactor(staff);
      return { ok: true };
    }),
  );
  revalidatePath("/", "layout");
  return result;
}

/** Replaces one's recovery codes. The new ones are returned, this once. */
export async function renewRecoveryCodes(input: unknown): Promise<ChangeResult<{ codes: string[] }>> {
  const staff = await requireStaff();
  const parsed = passwordInput.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const address = readAddress(await headers());
  return answerChange(() => withPassword(staff, parsed.data.password, address, () => renewCodes(staff.id)));
}

const personSchema = z.strictObject({ id: z.uuid() });

/** Removes a person's second step, because they have lost it, and signs them out. Admins only. */
export async function resetSecondFactor(input: unknown): Promise<ChangeResult> {
  const admin = await requireStaff("admin");
  const parsed = personSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const { id } = parsed.data;
  if (id === admin.id) return refuse("self", staffProblems.ownFactor);
  const result = await answerChange(() => resetFactor({ staffId: admin.id }, id));
  revalidatePath("/staff");
  return result;
}

const rolesSchema = z.strictObject({ roles: z.array(z.enum(roles)).max(roles.length) });

/** Sets the roles for which the desk requires a second step. Admins only. */
export async function setSecondFactorRoles(input: unknown): Promise<ChangeResult> {
  const admin = await requireStaff("admin");
  const parsed = rolesSchema.safeParse(input);
  if (!parsed.success) return notUnderstood;
  const required = roles.filter((role) => parsed.data.roles.includes(role));
  const result = await answerChange(() => changeFactorRoles({ staffId: admin.id }, required));
  revalidatePath("/", "layout");
  return result;
}
