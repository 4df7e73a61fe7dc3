import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readSecret } from "../session/token";

const algorithm = "aes-256-gcm";

/** A separate key, derived from the secret that seals the cookies (RFC 5869). */
function key(): Buffer {
  return Buffer.from(hkdfSync("sha256", readSecret(), "", "contact desk second factor", 32));
}

/**
 * Encrypts a person's secret for the database. It opens only with the same NEXTAUTH_SECRET, and for the same person.
 */
export function sealSecret(secret: string, staffId: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key(), nonce).setAAD(Buffer.from(staffId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return ["v1", ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
}

/** The decrypted secret; null if it was sealed with another NEXTAUTH_SECRET or for another person. */
export function openSecret(sealed: string, staffId: string): string | null {
  const [version, ...parts] = sealed.split(".");
  const [nonce, text, tag] = parts.map((part) => Buffer.from(part, "base64url"));
  if (version !== "v1" || !nonce || !text || tag?.length !== 16) return null;
  try {
    const decipher = createDecipheriv(algorithm, key(), nonce).setAAD(Buffer.from(staffId)).setAuthTag(tag);
    return decipher.update(text, undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
