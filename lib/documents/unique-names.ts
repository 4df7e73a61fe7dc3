import { safeFileName } from "./disposition";

/**
 * Safe names of files that are to stand in one folder, each once on every file system: "scope.pdf", "Scope (2).pdf".
 * Some file systems take letters of either case, and an accent written in either way, for the same.
 */
export function uniqueNames(filenames: string[]): string[] {
  const taken = new Set<string>();
  /** How many files have had a name, so that a thousand alike are numbered without looking through all before. */
  const counts = new Map<string, number>();
  return filenames.map((filename) => {
    const name = safeFileName(filename);
    const [, stem = name, ending = ""] = /^(.+?)(\.[a-z0-9]{1,8})?$/i.exec(name) ?? [];
    let number = counts.get(keyOf(name)) ?? 0;
    let unique: string;
    do {
      number++;
      unique = number === 1 ? name : `${stem} (${number})${ending}`;
    } while (taken.has(keyOf(unique)));
    counts.set(keyOf(name), number);
    taken.add(keyOf(unique));
    return unique;
  });
}

const keyOf = (name: string) => name.normalize("NFKC").toLowerCase();
