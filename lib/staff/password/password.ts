import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { ofProcess } from "@/lib/runtime/of-process";
import { createTurns } from "../tries/turns";

/**
 * argon2id with 19 MiB, 2 passes and 1 lane, as the OWASP Password Storage Cheat Sheet recommends; about 40 ms here.
 * The algorithm is the library's default. Each hash names it ("$argon2id$…") and its parameters.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const turns = ofProcess("hashing", () => createTurns({ atOnce: 2, ofOneKey: 32, lanes: { hashing: { waiting: 32 } } }));

/**
 * Two hashes at a time, with 32 callers waiting. Who goes first has been decided before: see tries/password-check.ts.
 */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return turns({ lane: "hashing", key: "" }, work);
}

/** One form for a password, however its accents were typed. */
function normalise(password: string): string {
  return password.normalize("NFKC");
}

/** The argon2id hash of a password. @throws HashingBusyError */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalise(password), parameters));
}

let dummy: Promise<string> | undefined;

/**
 * Whether a password matches `stored`. Without a stored hash (an unknown e-mail), a dummy hash is checked instead, so
 * that the answer takes the same time. @throws HashingBusyError
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hash(crypto.randomUUID(), parameters);
  const against = stored ?? (await dummy);
  const matches = await inTurn(() => verify(against, normalise(password)).catch(() => false));
  return matches && stored !== null;
}
