import { z } from "zod";

/**
 * Accepted signing algorithms: those with a private key, whose public key the provider publishes. HS256 is excluded,
 * because a token could be forged with the client secret, or with a public key used as one. "none" is excluded too (RFC
 * 8725, 3.1 and 3.2).
 */
const sound = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"] as const;

/** The default if a provider announces no algorithms: every provider must support it (OpenID Connect Core, 15.1). */
const always = ["RS256"];

const announcedSchema = z.array(z.string()).catch(always);
const headerSchema = z.object({ alg: z.enum(sound) });

/**
 * The algorithm by which a token must be signed: the one it names, if that is sound and announced. Otherwise it is the
 * first sound one that the provider announces. The token names another, so it is refused.
 * @param announced `id_token_signing_alg_values_supported` from the provider's metadata
 * @throws Error if the provider announces no sound one
 */
export function chooseAlgorithm(token: string, announced: unknown): string {
  const names = announcedSchema.parse(announced);
  const accepted = sound.filter((name) => names.includes(name));
  const [first] = accepted;
  if (!first) throw new Error("The provider announces no algorithm for its ID tokens that is sound.");
  const named = readAlgorithm(token);
  return accepted.find((name) => name === named) ?? first;
}

/** The algorithm in a token's header; null if it is not a sound one. Nothing in the header is trusted. */
function readAlgorithm(token: string): string | null {
  const [head = ""] = token.split(".", 1);
  try {
    return headerSchema.parse(JSON.parse(Buffer.from(head, "base64url").toString("utf8"))).alg;
  } catch {
    return null;
  }
}
