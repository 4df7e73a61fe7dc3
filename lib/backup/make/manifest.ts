import { z } from "zod";
import { BackupError } from "../backup-error";

const tableContent = z.strictObject({
  schema: z.string(),
  name: z.string(),
  rows: z.number().int().nonnegative(),
  /** Of all rows, in whatever order. */
  checksum: z.string().regex(/^-?\d+$/),
});

/** How many rows a table held, and what they add up to. */
export type TableContent = z.output<typeof tableContent>;

const part = z.strictObject({
  file: z.string().regex(/^dump-\d{8}-\d{6}\.[a-z.]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file of a backup, as it stands in the store. */
export type BackupPart = z.output<typeof part>;

const manifest = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  /** ISO instants, UTC. */
  startedAt: z.string(),
  endedAt: z.string(),
  desk: z.string(),
  server: z.string(),
  tool: z.string(),
  database: z.string(),
  /** The last migration that the database had; null where it had none of ours. */
  migration: z.string().nullable(),
  /** The public key that the parts are sealed for, and that opens none of them; null where they are open. */
  sealedFor: z.string().nullable(),
  dump: part,
  /** The list of the documents' files; null where DOCUMENTS_DIR is not set. */
  documents: part.extend({ count: z.number().int(), total: z.number().int() }).nullable(),
  tables: z.array(tableContent).min(1),
  /** Whom the tables and the like belong to, and who else has rights on them: who must exist where it is restored as it was. */
  owners: z.array(z.string()),
  grantees: z.array(z.string()),
  extensions: z.array(z.strictObject({ name: z.string(), schema: z.string() })),
});

/** What a backup should hold: taken in the dump's own snapshot, and written when the dump is whole. */
export type Manifest = z.output<typeof manifest>;

const proof = z.strictObject({
  name: z.string(),
  checkedAt: z.string(),
  sha256: z.string(),
  server: z.string(),
  tables: z.number().int(),
  rows: z.number().int(),
  seconds: z.number(),
});

/** That a backup was restored, and every table's count and checksum were those of its manifest. */
export type Proof = z.output<typeof proof>;

/** The files of a backup beside its parts: the manifest, without which it is none, and the proof. */
export const manifestFile = (name: string) => `${name}.json`;
export const proofFile = (name: string) => `${name}.proved.json`;

/** dump-YYYYMMDD-HHMMSS, in UTC. */
export function nameBackup(at: Date): string {
  const digits = at.toISOString().replaceAll(/\D/g, "");
  return `dump-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/** When a backup began, by its name; null for what is no backup's name. */
export function timeOfBackup(name: string): Date | null {
  const [, year, month, day, hour, minute, second] = /^dump-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(name) ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) || nameBackup(at) !== name ? null : at;
}

/** A manifest as text. */
export function printManifest(value: Manifest | Proof): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/**
 * The manifest of the backup `name`.
 * @throws BackupError where the text is none, or another backup's
 */
export function parseManifest(text: string, name: string): Manifest {
  const parsed = manifest.safeParse(parseJson(text));
  if (!parsed.success) throw new BackupError(`The manifest of ${name} is damaged, or of another version of the desk.`);
  const { data } = parsed;
  if (data.name !== name) throw new BackupError(`The manifest of ${name} is that of ${data.name}.`);
  for (const { file } of [data.dump, data.documents].filter((each) => each !== null)) {
    if (!file.startsWith(`${name}.`)) throw new BackupError(`The manifest of ${name} names a file of another backup.`);
  }
  return data;
}

/** The proof of a backup; null where the text is none, or another dump's. */
export function parseProof(text: string, { name, dump }: Manifest): Proof | null {
  const { data } = proof.safeParse(parseJson(text));
  return data && data.name === name && data.sha256 === dump.sha256 ? data : null;
}

/** What a JSON text says; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
