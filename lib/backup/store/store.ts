import type { Readable } from "node:stream";

/** A store of backup files under flat names. A file is there completely or not at all. */
export type BackupStore = {
  /** As a person writes it: "/var/backups/desk", "s3://bucket/prefix". */
  location: string;
  /** @throws BackupError if the store is missing or not writable */
  check(): Promise<void>;
  /** Every file's size in bytes. */
  list(): Promise<Map<string, number>>;
  /** @throws BackupError if there is no such file */
  read(file: string): Promise<Readable>;
  /** Writes a complete file. If `content` throws, nothing of it remains. */
  write(file: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
  /** Removes a file. A missing file is not an error. */
  remove(file: string): Promise<void>;
};

/** A small file as text. @throws BackupError if it is missing */
export async function readText(store: BackupStore, file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.read(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Writes a small file. */
export function writeText(store: BackupStore, file: string, text: string): Promise<void> {
  return store.write(file, toChunks(text));
}

async function* toChunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
