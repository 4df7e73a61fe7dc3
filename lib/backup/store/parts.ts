import { createHash } from "node:crypto";
import { BackupError } from "../backup-error";
import type { BackupPart, Manifest } from "../make/manifest";
import { type SealKey, seal, unseal } from "./seal";
import type { BackupStore } from "./store";

/** Writes a part of a backup, sealed where there is a key, and gives what the manifest keeps of it. */
export async function writePart(options: {
  store: BackupStore;
  file: string;
  content: AsyncIterable<Uint8Array>;
  key: SealKey | null;
  signal?: AbortSignal;
}): Promise<BackupPart> {
  const { store, content, key, signal } = options;
  const file = key ? `${options.file}.age` : options.file;
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted() {
    for await (const chunk of seal(content, key)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  await store.write(file, counted(), signal);
  return { file, bytes, sha256: hash.digest("hex") };
}

/**
 * Reads a part to its end and compares it with the manifest.
 * @throws BackupError that says what is wrong with it
 */
export async function verifyPart(store: BackupStore, part: BackupPart, signal?: AbortSignal): Promise<void> {
  for await (const _chunk of readStored(store, part)) signal?.throwIfAborted();
}

/** The content of a part, as it was before it was sealed. @throws BackupError; at the end, where it was not what it should be */
export function readPart(
  store: BackupStore,
  { sealedFor }: Manifest,
  part: BackupPart,
  key: SealKey | null,
): AsyncGenerator<Uint8Array> {
  if (sealedFor === null) return readStored(store, part);
  return unseal(readStored(store, part), requireKey(sealedFor, key));
}

/** The key that a backup is sealed for. @throws BackupError where it is not the one at hand */
export function requireKey(sealedFor: string, key: SealKey | null): SealKey {
  if (!key) throw new BackupError(`This backup is sealed for ${sealedFor}: set BACKUP_KEY_FILE to its key.`);
  if (key.recipient !== sealedFor) {
    throw new BackupError(`This backup is sealed for ${sealedFor}, and BACKUP_KEY_FILE holds another key.`);
  }
  return key;
}

async function* readStored(store: BackupStore, { file, bytes, sha256 }: BackupPart): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of (await store.read(file)) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    read += chunk.length;
    yield chunk;
  }
  if (read < bytes) throw new BackupError(`${file} is cut short: ${read} of ${bytes} bytes.`);
  if (read > bytes) throw new BackupError(`${file} has ${read} bytes where the manifest says ${bytes}: another file.`);
  if (hash.digest("hex") !== sha256)
    throw new BackupError(`${file} was changed: its bytes are not those of the manifest.`);
}
