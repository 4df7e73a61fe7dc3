import { z } from "zod";
import { BackupError } from "../backup-error";

const tableContent = z.strictObject({
  schema: z.string(),
  name: z.string(),
  rows: z.number().int().nonnegative(),
  /** Over all rows, independent of their order. */
  checksum: z.string().regex(/^-?\d+$/),
});

/** A table's row count and checksum. */
export type TableContent = z.output<typeof tableContent>;

const part = z.strictObject({
  file: z.string().regex(/^dump-\d{8}-\d{6}\.[a-z.]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file of a backup, as stored. */
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
  /** The last migration applied to the database. Null if it has none of ours. */
  migration: z.string().nullable(),
  /** The public key for which the parts are encrypted. It cannot decrypt them. Null if they are not encrypted. */
  sealedFor: z.string().nullable(),
  dump: part,
  /** The list of the documents' files; null where DOCUMENTS_DIR is not set. */
  documents: part.extend({ count: z.number().int(), total: z.number().int() }).nullable(),
  tables: z.array(tableContent).min(1),
  /**
   * The owners of the dumped objects, and other roles with rights on them. They must exist if the rights are restored
   * too.
   */
  owners: z.array(z.string()),
  grantees: z.array(z.string()),
  extensions: z.array(z.strictObject({ name: z.string(), schema: z.string() })),
});

/** What a backup should hold. Read in the dump's own snapshot, and written once the dump is complete. */
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

/** Proof that a backup was restored, with every table's count and checksum equal to its manifest. */
export type Proof = z.output<typeof proof>;

/** A backup's files beside its parts: the manifest, which makes it a backup, and the proof. */
export const manifestFile = (name: string) => `${name}.json`;
export const proofFile = (name: string) => `${name}.proved.json`;

/** dump-YYYYMMDD-HHMMSS, in UTC. */
export function nameBackup(at: Date): string {
  const digits = at.toISOString().replaceAll(/\D/g, "");
  return `dump-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/** When a backup began, read from its name. Null if the name is not a backup's. */
export function timeOfBackup(name: string): Date | null {
  const [, year, month, day, hour, minute, second] = /^dump-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(name) ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) || nameBackup(at) !== name ? null : at;
}

/** A manifest or proof as text. */
export function printManifest(value: Manifest | Proof): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/**
 * Parses the manifest of the backup `name`.
 * @throws BackupError if the text is not a manifest, or belongs to another backup
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

/** Parses the proof of a backup. Null if the text is not a proof, or belongs to another dump. */
export function parseProof(text: string, { name, dump }: Manifest): Proof | null {
  const { data } = proof.safeParse(parseJson(text));
  return data && data.name === name && data.sha256 === dump.sha256 ? data : null;
}

/** Parses JSON. Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
