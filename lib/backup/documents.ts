import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { BackupError } from "./backup-error";

const listedFile = z.strictObject({ path: z.string(), bytes: z.number(), sha256: z.string() });

/** A document's file, as a line of a backup's list: its path below DOCUMENTS_DIR, and what it holds. */
export type ListedFile = z.output<typeof listedFile>;

/**
 * The list of every plain file below a folder with its hash, a JSON line each, compressed. The files themselves are not in a
 * backup: they never change, and are copied by whatever copies files.
 * @param sum counts what was listed
 */
export function listDocuments(
  folder: string,
  sum: { count: number; total: number },
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  async function* lines() {
    for await (const path of walk(folder, "")) {
      signal?.throwIfAborted();
      const listed = await readFile(folder, path);
      if (!listed) continue;
      sum.count += 1;
      sum.total += listed.bytes;
      yield `${JSON.stringify(listed)}\n`;
    }
  }
  const source = Readable.from(lines());
  const gzip = createGzip();
  source.on("error", (error) => gzip.destroy(error));
  return source.pipe(gzip);
}

/** Every plain file below a folder, in one order. Links are not followed: they could lead anywhere. */
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

/** A file's hash; null where it was removed meanwhile. */
async function readFile(root: string, path: string): Promise<ListedFile | null> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(join(/* turbopackIgnore: true */ root, path))) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new BackupError(`A file in DOCUMENTS_DIR cannot be read (${code}).`);
  }
  return { path, bytes, sha256: hash.digest("hex") };
}

/**
 * Compares what a backup lists with a folder, by sizes: reading every file again is for whoever doubts one.
 * @returns how many are as listed, missing, and of another size
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

/** The lines of a list, as `listDocuments` made it. @throws BackupError where it is none */
export async function* readListedDocuments(content: AsyncIterable<Uint8Array>): AsyncGenerator<ListedFile> {
  const source = Readable.from(content, { objectMode: false });
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  for await (const line of createInterface({ input: source.pipe(gunzip) })) {
    const { data } = listedFile.safeParse(JSON.parse(line));
    if (!data) throw new BackupError("The list of documents is damaged.");
    yield data;
  }
}
