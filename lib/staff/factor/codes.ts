import { createHash, randomInt } from "node:crypto";
import { generateSecret, generateURI, verify } from "otplib";

/** How far a phone's clock may be off, in seconds: the codes just before and after the current one are accepted too. */
const tolerance = 30;

/** A secret for an authenticator app: 160 random bits in base32, as RFC 4226 recommends. */
export function makeSecret(): string {
  return generateSecret({ length: 20 });
}

/** The URI that authenticator apps read from a QR code. */
export function printSetUpUri(secret: string, account: string, desk: string): string {
  return generateURI({ issuer: desk, label: account, secret });
}

/**
 * The time step of an app's code, or null if the code is not valid now. The caller compares the step with the last one
 * used. The library could do that too, but it throws if that step is later than now, after a clock was set back.
 * @param now the database's time, in seconds since 1970: a server's clock may be wrong, and would then refuse every
 * code
 */
export async function findStep(secret: string, code: string, now: number): Promise<number | null> {
  const digits = code.replace(/\s/g, "");
  // The library throws for text that is not a code.
  if (!/^\d{6}$/.test(digits)) return null;
  const result = await verify({
    secret,
    token: digits,
    epoch: Math.floor(now),
    epochTolerance: tolerance,
    strategy: "totp",
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** How many recovery codes a person gets. */
export const recoveryCodes = 10;

/** Crockford's base32, which has no letters that look like digits. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** New recovery codes of 80 random bits each, grouped for reading: "h3kx-9d2m-…". */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodes }, () =>
    Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(32)]).join("")).join("-"),
  );
}

/** The stored hash of a recovery code, equal for all spellings. It may be fast, because 80 bits cannot be guessed. */
export function hashRecoveryCode(code: string): string {
  const plain = code.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return createHash("sha256").update(plain).digest("hex");
}
