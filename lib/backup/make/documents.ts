import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { BackupError } from "../backup-error";
import { parseJson } from "./manifest";

const listedFile = z.strictObject({ path: z.string(), bytes: z.number(), changed: z.number(), sha256: z.string() });

/** A line in a backup's list of document files: path below DOCUMENTS_DIR, time of change (ms), size and hash. */
export type ListedFile = z.output<typeof listedFile>;

/**
 * Lists every plain file below a folder with its hash, as one JSON line each, compressed with gzip. The files
 * themselves are not in a backup: they never change, so any file backup can copy them.
 * @param sum counts what was listed
 * @param before the list of an earlier backup. A file with the same size and time is not read again.
 */
export function listDocuments(
  folder: string,
  sum: { count: number; total: number },
  before: AsyncIterable<ListedFile>,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  async function* lines() {
    const list = followList(before);
    try {
      for await (const path of walk(folder, "")) {
        signal?.throwIfAborted();
        const listed = await readFile(folder, path, await list.find(path));
        if (!listed) continue;
        sum.count += 1;
        sum.total += listed.bytes;
        yield `${JSON.stringify(listed)}\n`;
      }
    } finally {
      await list.close();
    }
  }
  const source = Readable.from(lines());
  const gzip = createGzip();
  // The stream may fail before anybody reads it. The reader gets the error later; without this listener the event would
  // end the process.
  gzip.on("error", () => undefined);
  source.on("error", (error) => gzip.destroy(error));
  return source.pipe(gzip);
}

/**
 * Every plain file below a folder, in a fixed order. Symbolic links are not followed, because they could lead anywhere.
 */
async function* walk(root: string, below: string): AsyncGenerator<string> {
  const folder = join(/* turbopackIgnore: true */ root, below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (below !== "" && error.code === "ENOENT") return [];
    throw new BackupError(`DOCUMENTS_DIR cannot be read (${error.code}).`);
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, path);
    else if (entry.isFile()) yield path;
  }
}

/**
 * Looks up paths in a list that is sorted as `walk` is. Paths must be asked in that order, so the list need not be held
 * in memory.
 */
function followList(list: AsyncIterable<ListedFile>) {
  const iterator = list[Symbol.asyncIterator]();
  // An unreadable earlier list must not stop the new backup: its files are simply read again.
  const next = async () => (await iterator.next().catch(() => null))?.value ?? null;
  let current: ListedFile | null | undefined;
  return {
    async find(path: string): Promise<ListedFile | null> {
      if (current === undefined) current = await next();
      while (current && comparePaths(current.path, path) < 0) current = await next();
      return current?.path === path ? current : null;
    },
    async close(): Promise<void> {
      await iterator.return?.().catch(() => undefined);
    },
  };
}

/** The order of `walk`: folder by folder. */
function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  const at = left.findIndex((name, index) => name !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at] ?? "") < (right[at] ?? "") ? -1 : 1;
}

/** A file with its hash. Null if it was removed meanwhile. */
async function readFile(root: string, path: string, before: ListedFile | null): Promise<ListedFile | null> {
  const file = join(/* turbopackIgnore: true */ root, path);
  try {
    const { size, mtimeMs } = await stat(file);
    const changed = Math.floor(mtimeMs);
    if (before && before.bytes === size && before.changed === changed) return before;
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { path, bytes, changed, sha256: hash.digest("hex") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new BackupError(`A file in DOCUMENTS_DIR cannot be read (${code}).`);
  }
}

/**
 * Compares a backup's list with a folder, by file size only. Hashes are not compared, because that would read every
 * file.
 * @returns how many files match, are missing, or have another size
 */
export async function compareDocuments(
  folder: string,
  listed: AsyncIterable<ListedFile>,
): Promise<{ whole: number; missing: number; other: number }> {
  const count = { whole: 0, missing: 0, other: 0 };
  for await (const { path, bytes } of listed) {
    const found = await stat(join(/* turbopackIgnore: true */ folder, path)).catch(() => null);
    if (!found?.isFile()) count.missing += 1;
    else if (found.size !== bytes) count.other += 1;
    else count.whole += 1;
  }
  return count;
}

/** The lines of a list that `listDocuments` made. @throws BackupError if the list is damaged */
export async function* readListedDocuments(content: AsyncIterable<Uint8Array>): AsyncGenerator<ListedFile> {
  const source = Readable.from(content, { objectMode: false });
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  for await (const line of createInterface({ input: source.pipe(gunzip) })) {
    const { data } = listedFile.safeParse(parseJson(line));
    if (!data) throw new BackupError("The list of documents is damaged.");
    yield data;
  }
}
