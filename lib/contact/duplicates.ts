import { foldPlain } from "@/lib/text/fold";

/** Characters of a message that are compared; they are enough to recognise a message that was sent again. */
export const comparedLength = 2_000;

/** How alike two messages must be, from 0 to 1, to be nearly the same. */
export const nearness = 0.8;

/**
 * Shorter messages are not compared, because what they share says nothing: "Hello" is no duplicate of "Hello". In
 * characters, without punctuation.
 */
const shortest = 20;

/** Suggestions shown of one contact. */
const suggestionPortion = 5;

/** A contact that this one may be a duplicate of, and all the evidence for it. */
export type Duplicate = {
  id: string;
  name: string;
  timestamp: Date;
  status: string | null;
  /** The first 120 characters, whitespace collapsed. */
  message: string;
  sameAddress: boolean;
  /** The name of a document that is the same file, where there is one. */
  file: string | null;
  likeness: "same" | "near" | null;
};

/** A contact found by its address, its files, its company or its time. */
export type Candidate = Omit<Duplicate, "likeness"> & {
  /** Its message as far as it is compared. */
  text: string;
  /** Milliseconds between the two. */
  distance: number;
};

/**
 * The candidates with any evidence, the strongest first; then the nearest in time. The same file or nearly the same
 * message counts more than the address alone, because one person may write about two things.
 */
export function rankDuplicates(message: string, candidates: Candidate[]): Duplicate[] {
  const own = prepare(message);
  return candidates
    .map(({ text, distance, ...candidate }) => {
      const likeness = compare(own, prepare(text));
      const { file, sameAddress } = candidate;
      const weight = (file ? 3 : 0) + (likeness === "same" ? 3 : likeness === "near" ? 2 : 0) + (sameAddress ? 1 : 0);
      return { duplicate: { ...candidate, likeness }, weight, distance };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || one.distance - other.distance)
    .slice(0, suggestionPortion)
    .map(({ duplicate }) => duplicate);
}

/** Whether there is more evidence than the address. */
export function isLikely({ file, likeness }: Duplicate): boolean {
  return file !== null || likeness !== null;
}

/** Why a duplicate is suggested, in words, the strongest reason first. */
export function describeReasons({ file, likeness, sameAddress }: Duplicate): string[] {
  return [
    ...(likeness === "same" ? ["Same message"] : likeness === "near" ? ["Nearly the same message"] : []),
    ...(file === null ? [] : [`Same file: ${file}`]),
    ...(sameAddress ? ["Same e-mail address"] : []),
  ];
}

type Prepared = { text: string; parts: Set<string> };

/** The message folded, without accents and punctuation, and its trigrams. */
function prepare(message: string): Prepared {
  const text = foldPlain(message.slice(0, comparedLength))
    // Cut once more, because folding can make one letter into eighteen.
    .slice(0, comparedLength)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  const parts = new Set<string>();
  for (let at = 0; at + 3 <= text.length; at++) parts.add(text.slice(at, at + 3));
  return { text, parts };
}

function compare(one: Prepared, other: Prepared): Duplicate["likeness"] {
  if (one.text.length < shortest || other.text.length < shortest) return null;
  if (one.text === other.text) return "same";
  let shared = 0;
  for (const part of one.parts) if (other.parts.has(part)) shared++;
  // Jaccard's index: what both have, of what either has.
  return shared / (one.parts.size + other.parts.size - shared) >= nearness ? "near" : null;
}
