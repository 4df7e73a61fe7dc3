import type { Preferences } from "./preferences";

/** The roles, lowest first. Each role may do everything that the ones before it may. */
export const roles = ["agent", "manager", "admin"] as const;

export type Role = (typeof roles)[number];

/** A role's name and purpose, as shown to people. */
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
  /** They have a first or reset password: only /account is open until they change it. */
  mustChangePassword: boolean;
  /** The desk requires a second factor for their role: only /account is open until it is set up. */
  mustSetUpFactor: boolean;
  /** False if they sign in with the company's provider only. */
  hasPassword: boolean;
  preferences: Preferences;
};

/** Whether only /account is open to a person until they have done something there. */
export function isHeldBack({ mustChangePassword, mustSetUpFactor }: Staff): boolean {
  return mustChangePassword || mustSetUpFactor;
}

/** A person as others see them. Disabled people are kept, because their names are on what they did. */
export type Colleague = { id: string; name: string; disabled: boolean };
