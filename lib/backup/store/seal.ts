import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { readSetting, SettingError } from "@/lib/settings/settings";
import { BackupError } from "../backup-error";

/** An age key: the secret identity, and the public recipient derived from it. */
export type SealKey = { identity: string; recipient: string };

/** The key in BACKUP_KEY_FILE, as age-keygen writes it. Null if backups are not encrypted. @throws SettingError */
export async function readSealKey(): Promise<SealKey | null> {
  const path = readSetting("BACKUP_KEY_FILE");
  if (path === undefined) return null;
  let text: string;
  try {
    text = readFileSync(/* turbopackIgnore: true */ path, "utf8");
  } catch {
    throw new SettingError("BACKUP_KEY_FILE names a file that cannot be read.");
  }
  const identity = text.split(/\r?\n/).find((line) => line.startsWith("AGE-SECRET-KEY-"));
  const recipient = identity && (await identityToRecipient(identity.trim()).catch(() => null));
  if (!identity || !recipient) throw new SettingError("BACKUP_KEY_FILE holds no key of age: make one with age-keygen.");
  return { identity: identity.trim(), recipient };
}

/** Encrypts the bytes for a key. Without a key they are unchanged. */
export async function* seal(content: AsyncIterable<Uint8Array>, key: SealKey | null): AsyncGenerator<Uint8Array> {
  if (!key) return yield* content;
  const encrypter = new Encrypter();
  encrypter.addRecipient(key.recipient);
  yield* toIterable(await encrypter.encrypt(toStream(content)));
}

/** Decrypts the bytes. Without a key they are unchanged. @throws BackupError if the key does not open them */
export async function* unseal(content: AsyncIterable<Uint8Array>, key: SealKey | null): AsyncGenerator<Uint8Array> {
  if (!key) return yield* content;
  const decrypter = new Decrypter();
  decrypter.addIdentity(key.identity);
  const opened = await decrypter.decrypt(toStream(content)).catch(() => {
    throw new BackupError("The key of BACKUP_KEY_FILE does not open this backup.");
  });
  yield* toIterable(opened);
}

function toStream(content: AsyncIterable<Uint8Array>) {
  return Readable.toWeb(
    Readable.from(content, { objectMode: false }),
  ) as unknown as globalThis.ReadableStream<Uint8Array>;
}

async function* toIterable(stream: globalThis.ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* stream as unknown as ReadableStream<Uint8Array>;
}
