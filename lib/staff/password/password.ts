import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { ofProcess } from "@/lib/runtime/of-process";
import { HashingBusyError } from "./hashing-busy";

/**
 * argon2id with 19 MiB, 2 passes and 1 lane, as the OWASP Password Storage Cheat Sheet recommends; about 40 ms here.
 * The algorithm is the library's default. Each hash names it ("$argon2id$…") and its parameters.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Two hashes at a time, with 32 callers waiting in their order. All have one key, because who goes first is settled
 * before: see tries/password-check.ts.
 */
const hashing = ofProcess("hashing", () => createFairQueue({ alone: 2, waiting: 32 }));

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = await hashing.take("hashing");
  if (!turn.ok) throw new HashingBusyError("Too many passwords are being checked.");
  try {
    return await work();
  } finally {
    turn.release();
  }
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
