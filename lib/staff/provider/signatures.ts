import { z } from "zod";

/**
 * Algorithms by which a token may be signed: with a private key, whose public half the provider shows to everybody. Never HS256, for
 * which the secret, or a public key taken for one, would do, and never "none" (RFC 8725, 3.1 and 3.2).
 */
const sound = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"] as const;

/** What a provider announces that announces nothing: it must be able to do this (OpenID Connect Core, 15.1). */
const always = ["RS256"];

const announcedSchema = z.array(z.string()).catch(always);
const headerSchema = z.object({ alg: z.enum(sound) });

/**
 * The algorithm by which a token must be signed: the one it names, where that is sound and the provider has announced it. Otherwise
 * the first sound one of the provider's, which the token does not name, so that it is refused.
 * @param announced `id_token_signing_alg_values_supported` of the provider's own description
 * @throws Error where the provider announces no sound one
 */
export function chooseAlgorithm(token: string, announced: unknown): string {
  const names = announcedSchema.parse(announced);
  const accepted = sound.filter((name) => names.includes(name));
  const [first] = accepted;
  if (!first) throw new Error("The provider announces no algorithm for its ID tokens that is sound.");
  const named = readAlgorithm(token);
  return accepted.find((name) => name === named) ?? first;
}

/** The algorithm that a token's head names; null where it names none that is sound. Nothing is believed by it. */
function readAlgorithm(token: string): string | null {
  const [head = ""] = token.split(".", 1);
  try {
    return headerSchema.parse(JSON.parse(Buffer.from(head, "base64url").toString("utf8"))).alg;
  } catch {
    return null;
  }
}
