import "server-only";
import { randomInt } from "node:crypto";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { ofProcess } from "@/lib/runtime/of-process";

/** Minimum and maximum length of a password, in Unicode code points. */
export const passwordLength = { min: 12, max: 256 } as const;

/** The lowest accepted zxcvbn score: 3 means "safely unguessable" (10^8 guesses); common passwords score 0 or 1. */
const leastScore = 3;

/**
 * zxcvbn scores this many characters. Its time grows with the square of the length, and further characters only help.
 */
const scoredLength = 100;

function getZxcvbn(): ZxcvbnFactory {
  return ofProcess("zxcvbn", () => new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }));
}

/** Why a password may not be chosen, as a sentence for the person; null if it may. */
export function findPasswordProblem(password: string, person: { email: string; name: string }): string | null {
  const characters = [...password.normalize("NFKC")];
  if (characters.length < passwordLength.min) return `Use at least ${passwordLength.min} characters.`;
  if (characters.length > passwordLength.max) return `Use at most ${passwordLength.max} characters.`;
  if (/[\0\p{Cs}]/u.test(password)) return "Use characters that can be typed.";
  const own = ownWords(person);
  if (isMadeOf(password, own)) return "Do not use your name or e-mail as the password.";
  const { score } = getZxcvbn().check(characters.slice(0, scoredLength).join(""), [...own, "contact", "desk"]);
  return score < leastScore ? "That password is easy to guess. A few unrelated words work well." : null;
}

/** The person's e-mail, its parts, their name and its parts; longest first. */
function ownWords({ email, name }: { email: string; name: string }): string[] {
  const words = [email, ...email.split(/[@.+_-]/), name, ...name.split(/\s+/)];
  return [...new Set(words.map(letters))].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length);
}

/** Whether little remains of a password once somebody's own words are removed. */
function isMadeOf(password: string, words: string[]): boolean {
  const all = letters(password);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), all);
  return rest !== all && rest.length < 6;
}

function letters(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Without characters that look alike in some fonts. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A first password for somebody else: 20 random characters in four groups, 99 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
