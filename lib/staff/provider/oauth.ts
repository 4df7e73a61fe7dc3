import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { ProviderSettings } from "./settings";

/** The provider's name in next-auth's addresses. The provider knows /api/auth/callback/company as the place to come back to. */
export const providerId = "company";

/** Milliseconds that the provider may take for one answer; a sign-in asks it for three at most. */
const patience = 4_000;

/**
 * The provider as next-auth takes it. PKCE, state and nonce tie the answer to this browser's question; the token's
 * signature, issuer, audience and time are checked by openid-client.
 */
export function toOAuthProvider(settings: ProviderSettings): OAuthConfig<Record<string, unknown>> {
  return {
    id: providerId,
    name: settings.name,
    type: "oauth",
    wellKnown: `${settings.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    httpOptions: { timeout: patience },
    // Whom it names is found out in the sign-in callback, which sees all claims.
    profile: ({ sub }) => ({ id: String(sub) }),
  };
}

/** Whether it is the provider that failed, and not what somebody sent: it did not answer, or not with what it should. */
export function isProviderFailure(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // Node's codes for connections, names and certificates; of openid-client's there are words only.
  if (/^(E(?!RR_)|ERR_TLS_|CERT_|UNABLE_|DEPTH_|SELF_SIGNED)/.test(String(code ?? ""))) return true;
  return /timed out|expected 200 OK|failed to parse|socket hang up/i.test(String(message));
}
