import "server-only";
import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { setRequester } from "@/lib/runtime/requester";
import { firstPasswordHref, parseLocalPath, pathHeader } from "../local-path";
import { logSecurityEvent } from "../security-log";
import { hasRole, isHeldBack, type Role, type Staff } from "../staff";
import { getSessionStaff } from "./sessions";
import { readSessionId } from "./token";

/** Read from the database once per request, so that an ended session is ended on the very next one. */
const readSession = cache(async (): Promise<{ claimed: boolean; staff: Staff | null }> => {
  const sessionId = await readSessionId(await cookies(), await headers());
  const staff = sessionId ? await getSessionStaff(sessionId) : null;
  if (staff) setRequester(staff.id);
  return { claimed: sessionId !== null, staff };
});

/** The person signed in, whatever they may do. Once per request a cookie whose session is over is worth a line. */
const getSignedIn = cache(async (): Promise<Staff | null> => {
  const { claimed, staff } = await readSession();
  if (claimed && !staff) logSecurityEvent({ event: "session_refused" });
  return staff;
});

/**
 * The person behind the request, for the first line of a handler; null when signed out, disabled, revoked,
 * or when a password must be changed or a second factor set up first.
 */
export async function getStaff(): Promise<Staff | null> {
  const staff = await getSignedIn();
  return staff && isHeldBack(staff) ? null : staff;
}

/** The page that was asked for, to come back to it; null where that is not said or no page. */
async function getPath(): Promise<string | null> {
  return parseLocalPath((await headers()).get(pathHeader));
}

/**
 * The person behind the request, even when something must come first (isHeldBack): for /account, the frame around it
 * and signing out. Everything else begins with requireStaff. Redirects the signed-out to /sign-in.
 */
export async function requireSession(): Promise<Staff> {
  const staff = await getSignedIn();
  if (staff) return staff;
  const path = await getPath();
  return redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
}

/**
 * The person behind the request: the first line of every page and action. Signed out → /sign-in, something that
 * must come first → /account, a role below `role` → the forbidden page (403).
 */
export async function requireStaff(role: Role = "agent"): Promise<Staff> {
  const staff = await requireSession();
  if (isHeldBack(staff)) redirect(firstPasswordHref(await getPath()));
  if (!hasRole(staff.role, role)) {
    logSecurityEvent({ event: "forbidden", staffId: staff.id });
    forbidden();
  }
  return staff;
}

/** Whether the request comes from somebody signed in, for the sign-in page itself. */
export async function getSession(): Promise<Staff | null> {
  return (await readSession()).staff;
}
