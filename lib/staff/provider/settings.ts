import "server-only";
import { type Environment, readSettings, SettingError } from "@/lib/settings/settings";
import type { Role } from "../staff";

/** The company's provider of sign-ins, and what the desk makes of what it says. */
export type ProviderSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What people call it, on the button: "Sign in with NAME". */
  name: string;
  /** The claim that holds a person's groups or roles, and which role each value gives; null where the desk gives all roles. */
  roles: { claim: string; byValue: ReadonlyMap<string, Role> } | null;
  /** Whose e-mails may come in without having been added before: in lower case. Empty: nobody's. */
  domains: string[];
  /** Whether passwords are not accepted any more. */
  only: boolean;
};

const names = [
  "NEXTAUTH_URL",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_NAME",
  "OIDC_ROLE_CLAIM",
  "OIDC_ROLES",
  "OIDC_DOMAINS",
  "OIDC_ONLY",
] as const;

/**
 * How people sign in with the company's provider; null where it is not set up.
 * @throws SettingError when a setting is malformed, or one is missing that another needs
 */
export function readProvider(env: Environment = process.env): ProviderSettings | null {
  const settings = readSettings(names, env);
  const { OIDC_ISSUER: issuer, OIDC_ROLE_CLAIM: claim, OIDC_ROLES: byValue } = settings;
  if (!issuer) {
    const other = (["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLE_CLAIM", "OIDC_ROLES"] as const).find(
      (name) => settings[name],
    );
    // Without passwords and without a provider nobody could come in, and nobody would know why.
    if (other || settings.OIDC_ONLY === "yes") {
      throw new SettingError(`${other ?? "OIDC_ONLY"} is set: set OIDC_ISSUER too.`);
    }
    return null;
  }
  if (isEveryTenant(issuer)) {
    throw new SettingError("OIDC_ISSUER must name your tenant: https://login.microsoftonline.com/TENANT-ID/v2.0.");
  }
  // The provider sends people back to this address, and must have been told of it.
  if (!settings.NEXTAUTH_URL) throw new SettingError("OIDC_ISSUER is set: set NEXTAUTH_URL too.");
  if (claim && !byValue) throw new SettingError("OIDC_ROLE_CLAIM is set: set OIDC_ROLES too.");
  if (byValue && !claim) throw new SettingError("OIDC_ROLES is set: set OIDC_ROLE_CLAIM too.");
  return {
    issuer,
    clientId: needed("OIDC_CLIENT_ID", settings.OIDC_CLIENT_ID),
    clientSecret: needed("OIDC_CLIENT_SECRET", settings.OIDC_CLIENT_SECRET),
    name: settings.OIDC_NAME,
    roles: claim && byValue ? { claim, byValue } : null,
    domains: settings.OIDC_DOMAINS,
    only: settings.OIDC_ONLY === "yes",
  };
}

/** Whether an address is Microsoft's for the people of every company: openid-client takes any tenant's tokens there. */
function isEveryTenant(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  return hostname === "login.microsoftonline.com" && /^\/*(common|organizations|consumers)(\/|$)/i.test(pathname);
}

function needed(name: string, value: string | undefined): string {
  if (!value) throw new SettingError(`OIDC_ISSUER is set: set ${name} too.`);
  return value;
}

let provider: ProviderSettings | null | undefined;

/** The same of this process, read once. @throws SettingError */
export function getProvider(): ProviderSettings | null {
  if (provider === undefined) provider = readProvider();
  return provider;
}
