import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { ProviderSettings } from "./settings";
import { chooseAlgorithm } from "./signatures";

/** The provider's name in next-auth's addresses. The provider knows /api/auth/callback/company as the place to come back to. */
export const providerId = "company";

/** Milliseconds that the provider may take for one answer; a sign-in asks it for three at most. */
const patience = 4_000;

/**
 * The provider as next-auth takes it. PKCE, state and nonce tie the answer to this browser's question; the token's
 * signature, issuer, audience and time are checked by openid-client, by a key that the provider shows to everybody.
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
    token: { request: requestTokens },
    httpOptions: { timeout: patience },
    // Whom it names is found out in the sign-in callback, which sees all claims.
    profile: ({ sub }) => ({ id: String(sub) }),
  };
}

/** What next-auth hands over when the browser is back, to have the code turned into tokens. */
type TokenRequest = Parameters<NonNullable<Exclude<OAuthConfig<unknown>["token"], string | undefined>["request"]>>[0];

/** What openid-client calls to check a token: its signature and all that does not depend on the question. */
type Checking = { validateJWT(token: string, algorithm: string | undefined, ...rest: unknown[]): Promise<unknown> };

/**
 * Asks for the tokens as next-auth does of itself, but for one thing: openid-client takes tokens that are signed by RS256 alone,
 * or by another algorithm that is written down. Here it is the token's own, where the provider has announced it and it is sound.
 */
async function requestTokens({ client, params, checks, provider }: TokenRequest) {
  const announced = client.issuer.metadata.id_token_signing_alg_values_supported;
  const checking = client as unknown as Checking;
  const validate = checking.validateJWT.bind(client);
  checking.validateJWT = (token, _rs256, ...rest) => validate(token, chooseAlgorithm(token, announced), ...rest);
  return { tokens: await client.callback(provider.callbackUrl, params, checks) };
}

/** How the libraries' own messages begin and end: what they repeat of an address stands behind other words. */
const failures: [message: RegExp, words: string][] = [
  [/^outgoing request timed out after \d+ms$/, "timed out"],
  [/^expected 200 OK(, got: \d+ .*| with body but no body was returned)$/, "not 200"],
  // Node's, of a body that is no JSON.
  [/^(Unexpected (token|end of JSON input|non-whitespace)|Expected \S+ .*in JSON at position)/, "not JSON"],
  [/^socket hang up$/, "hung up"],
];

/**
 * What failed, where it is the provider that did, and not what somebody sent: it did not answer, or not with what it should.
 * Node's code or words of ours, never the message itself, which may hold what a stranger has sent. Null otherwise.
 */
export function nameProviderFailure(error: unknown): string | null {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // Node's codes for connections, names and certificates; of openid-client's there are words only.
  const ofNode = /^(E(?!RR_)|ERR_TLS_|CERT_|UNABLE_|DEPTH_|SELF_SIGNED)[A-Z0-9_]{0,60}$/;
  if (typeof code === "string" && ofNode.test(code)) return code;
  return failures.find(([pattern]) => pattern.test(String(message)))?.[1] ?? null;
}
