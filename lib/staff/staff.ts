import type { Preferences } from "./preferences";

/** What a member of staff may do, least first: each role may all that the ones before it may. */
export const roles = ["agent", "manager", "admin"] as const;

export type Role = (typeof roles)[number];

/** A role's name as people read it, and what it is for. */
export const roleLooks: Record<Role, { label: string; purpose: string }> = {
  agent: { label: "Agent", purpose: "Works through contacts" },
  manager: { label: "Manager", purpose: "Also watches volume and response" },
  admin: { label: "Admin", purpose: "Also manages staff and settings" },
};

/** Whether `role` may do what `needed` asks for. */
export function hasRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** The person behind a request. */
export type Staff = {
  id: string;
  email: string;
  name: string;
  role: Role;
  sessionId: string;
  /** A first or reset password: only /account is open until it is changed. */
  mustChangePassword: boolean;
  /** The desk requires a second factor of their role: only /account is open until it is set up. */
  mustSetUpFactor: boolean;
  /** False for somebody who signs in with the company's provider only. */
  hasPassword: boolean;
  preferences: Preferences;
};

/** Whether only /account is open to a person, until they have done there what must come first. */
export function isHeldBack({ mustChangePassword, mustSetUpFactor }: Staff): boolean {
  return mustChangePassword || mustSetUpFactor;
}

/** Somebody on the staff as others see them. The disabled stay: their name is on what they did. */
export type Colleague = { id: string; name: string; disabled: boolean };
