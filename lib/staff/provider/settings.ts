import "server-only";
import { type Environment, readSettings, SettingError } from "@/lib/settings/settings";
import type { Role } from "../staff";

/** The company's sign-in provider, and how the desk uses what it says. */
export type ProviderSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The name on the button: "Sign in with NAME". */
  name: string;
  /** The OpenID claim with a person's groups or roles, and the role for each value; null if the desk sets all roles. */
  roles: { openIdClaim: string; byValue: ReadonlyMap<string, Role> } | null;
  /** Mail domains, in lower case, whose people may sign in without having been added. Empty means none. */
  domains: string[];
  /** Whether passwords are switched off. */
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
 * The settings of the company's provider; null if it is not set up.
 * @throws SettingError if a setting is malformed, or if one is missing that another needs
 */
export function readProvider(env: Environment = process.env): ProviderSettings | null {
  const settings = readSettings(names, env);
  const { OIDC_ISSUER: issuer, OIDC_ROLE_CLAIM: openIdClaim, OIDC_ROLES: byValue } = settings;
  if (!issuer) {
    const other = (["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLE_CLAIM", "OIDC_ROLES"] as const).find(
      (name) => settings[name],
    );
    // Without passwords and without a provider nobody could sign in, and nobody would know why.
    if (other || settings.OIDC_ONLY === "yes") {
      throw new SettingError(`${other ?? "OIDC_ONLY"} is set: set OIDC_ISSUER too.`);
    }
    return null;
  }
  if (isEveryTenant(issuer)) {
    throw new SettingError("OIDC_ISSUER must name your tenant: https://login.microsoftonline.com/TENANT-ID/v2.0.");
  }
  // The provider sends people back to this address, which must be registered there.
  if (!settings.NEXTAUTH_URL) throw new SettingError("OIDC_ISSUER is set: set NEXTAUTH_URL too.");
  if (openIdClaim && !byValue) throw new SettingError("OIDC_ROLE_CLAIM is set: set OIDC_ROLES too.");
  if (byValue && !openIdClaim) throw new SettingError("OIDC_ROLES is set: set OIDC_ROLE_CLAIM too.");
  return {
    issuer,
    clientId: needed("OIDC_CLIENT_ID", settings.OIDC_CLIENT_ID),
    clientSecret: needed("OIDC_CLIENT_SECRET", settings.OIDC_CLIENT_SECRET),
    name: settings.OIDC_NAME,
    roles: openIdClaim && byValue ? { openIdClaim, byValue } : null,
    domains: settings.OIDC_DOMAINS,
    only: settings.OIDC_ONLY === "yes",
  };
}

/** Whether this is Microsoft's address for all companies: openid-client accepts any tenant's tokens there. */
function isEveryTenant(issuer: string): boolean {
  const { hostname, pathname } = new URL(issuer);
  return hostname === "login.microsoftonline.com" && /^\/*(common|organizations|consumers)(\/|$)/i.test(pathname);
}

function needed(name: string, value: string | undefined): string {
  if (!value) throw new SettingError(`OIDC_ISSUER is set: set ${name} too.`);
  return value;
}

let provider: ProviderSettings | null | undefined;

/** `readProvider` for this process, read once. @throws SettingError */
export function getProvider(): ProviderSettings | null {
  if (provider === undefined) provider = readProvider();
  return provider;
}
