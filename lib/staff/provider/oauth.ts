import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { ProviderSettings } from "./settings";
import { chooseAlgorithm } from "./signatures";

/**
 * The provider's name in next-auth's addresses. The provider knows /api/auth/callback/company as the return address.
 */
export const providerId = "company";

/** How long the provider may take for one answer, in ms. A sign-in asks it at most three times. */
const patience = 4_000;

/**
 * The provider's configuration for next-auth. PKCE, state and nonce tie the answer to this browser's question.
 * openid-client checks the token's issuer, audience and time, and its signature by the provider's public key.
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
    // The sign-in callback finds out who this is, because it sees all OpenID claims.
    profile: ({ sub }) => ({ id: String(sub) }),
  };
}

/** What next-auth passes when the browser is back, to exchange the code for tokens. */
type TokenRequest = Parameters<NonNullable<Exclude<OAuthConfig<unknown>["token"], string | undefined>["request"]>>[0];

/** What openid-client calls to check a token: its signature, and whatever does not depend on the question. */
type Checking = { validateJWT(token: string, algorithm: string | undefined, ...rest: unknown[]): Promise<unknown> };

/**
 * Requests the tokens as next-auth does by itself, with one difference: which signing algorithms are accepted.
 * openid-client accepts RS256 only, or one other that is configured. Here the token's own algorithm is accepted, if the
 * provider has announced it and it is sound.
 */
async function requestTokens({ client, params, checks, provider }: TokenRequest) {
  const announced = client.issuer.metadata.id_token_signing_alg_values_supported;
  const checking = client as unknown as Checking;
  const validate = checking.validateJWT.bind(client);
  checking.validateJWT = (token, _rs256, ...rest) => validate(token, chooseAlgorithm(token, announced), ...rest);
  return { tokens: await client.callback(provider.callbackUrl, params, checks) };
}

/**
 * Patterns for the libraries' own messages, anchored at the start. Text that a message repeats from an address always
 * comes after other words.
 */
const failures: [message: RegExp, words: string][] = [
  [/^outgoing request timed out after \d+ms$/, "timed out"],
  [/^expected 200 OK(, got: \d+ .*| with body but no body was returned)$/, "not 200"],
  // From Node, for a body that is not JSON.
  [/^(Unexpected (token|end of JSON input|non-whitespace)|Expected \S+ .*in JSON at position)/, "not JSON"],
  [/^socket hang up$/, "hung up"],
];

/**
 * Names the failure if the provider caused it: it did not answer, or its answer was unusable. Null if something that
 * somebody sent is at fault. It is Node's code or words of ours, never the message, which may contain text from a
 * stranger.
 */
export function nameProviderFailure(error: unknown): string | null {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // Node's codes for connections, names and certificates. openid-client's errors are recognised by their messages.
  const ofNode = /^(E(?!RR_)|ERR_TLS_|CERT_|UNABLE_|DEPTH_|SELF_SIGNED)[A-Z0-9_]{0,60}$/;
  if (typeof code === "string" && ofNode.test(code)) return code;
  return failures.find(([pattern]) => pattern.test(String(message)))?.[1] ?? null;
}
