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

/** Read from the database once per request, so that an ended session is refused on the very next request. */
const readSession = cache(async (): Promise<{ named: boolean; staff: Staff | null }> => {
  const sessionId = await readSessionId(await cookies(), await headers());
  const staff = sessionId ? await getSessionStaff(sessionId) : null;
  if (staff) setRequester(staff.id);
  return { named: sessionId !== null, staff };
});

/** The person signed in, whatever they may do. A cookie whose session has ended is logged, once per request. */
const getSignedIn = cache(async (): Promise<Staff | null> => {
  const { named, staff } = await readSession();
  if (named && !staff) logSecurityEvent({ event: "session_refused" });
  return staff;
});

/**
 * The person behind the request, for the first line of a handler. Null if they are signed out, disabled or revoked, or
 * if they must first change their password or set up a second factor.
 */
export async function getStaff(): Promise<Staff | null> {
  const staff = await getSignedIn();
  return staff && isHeldBack(staff) ? null : staff;
}

/** The requested path, to come back to later; null if it is missing or not a page. */
async function getPath(): Promise<string | null> {
  return parseLocalPath((await headers()).get(pathHeader));
}

/**
 * The person behind the request, even if they must do something first (isHeldBack). It is for /account, the frame
 * around it and signing out; everything else uses requireStaff. A signed-out person is redirected to /sign-in.
 */
export async function requireSession(): Promise<Staff> {
  const staff = await getSignedIn();
  if (staff) return staff;
  const path = await getPath();
  return redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
}

/**
 * The person behind the request, for the first line of every page and action. A signed-out person is sent to /sign-in,
 * and one who must do something first to /account. A role below `role` gets the forbidden page (403).
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

/** The person signed in, if any; for the sign-in page itself. */
export async function getSession(): Promise<Staff | null> {
  return (await readSession()).staff;
}
