import { createHash } from "node:crypto";
import { BackupError } from "../backup-error";
import type { BackupPart, Manifest } from "../make/manifest";
import { type SealKey, seal, unseal } from "./seal";
import type { BackupStore } from "./store";

/** Writes a part of a backup, encrypted if there is a key. Returns its entry in the manifest. */
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
 * @throws BackupError that says what is wrong with the part
 */
export async function verifyPart(store: BackupStore, part: BackupPart, signal?: AbortSignal): Promise<void> {
  for await (const _chunk of readStored(store, part)) signal?.throwIfAborted();
}

/** The decrypted content of a part. @throws BackupError, at the end if the content does not match the manifest */
export function readPart(
  store: BackupStore,
  { sealedFor }: Manifest,
  part: BackupPart,
  key: SealKey | null,
): AsyncGenerator<Uint8Array> {
  if (sealedFor === null) return readStored(store, part);
  return unseal(readStored(store, part), requireKey(sealedFor, key));
}

/** The key that decrypts a backup. @throws BackupError if it is missing or another key is configured */
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
