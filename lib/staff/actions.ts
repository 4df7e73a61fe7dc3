"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { requireSession } from "./session";
import { endSession } from "./sessions";
import { isSecure, sessionCookieName } from "./token";

/** Ends this session and forgets its cookie. */
export async function signOut(): Promise<void> {
  const staff = await requireSession();
  await endSession(staff.id, staff.sessionId);
  (await cookies()).delete(sessionCookieName(isSecure(await headers())));
  redirect("/sign-in");
}
