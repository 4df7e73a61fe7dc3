import { BackupError } from "./backup-error";
import {
  type Manifest,
  manifestFile,
  type Proof,
  parseManifest,
  parseProof,
  proofFile,
  timeOfBackup,
} from "./make/manifest";
import { type BackupStore, readText } from "./store/store";

/** A backup in the store. `problem` says why it cannot be restored, judged by its manifest and file sizes alone. */
export type StoredBackup = {
  name: string;
  at: Date;
  /** Bytes of all its files. */
  bytes: number;
  files: string[];
} & ({ manifest: Manifest; proof: Proof | null; problem: null } | { manifest: null; proof: null; problem: string });

/** Every backup in the store, newest first. Files without a manifest are not a backup. @throws BackupError */
export async function listBackups(store: BackupStore): Promise<StoredBackup[]> {
  const sizes = await store.list();
  const backups: StoredBackup[] = [];
  for (const file of sizes.keys()) {
    const name = file.replace(/\.json$/, "");
    const at = file === manifestFile(name) ? timeOfBackup(name) : null;
    if (at) backups.push(await describeBackup(store, sizes, name, at));
  }
  return backups.sort((a, b) => b.at.getTime() - a.at.getTime());
}

async function describeBackup(
  store: BackupStore,
  sizes: Map<string, number>,
  name: string,
  at: Date,
): Promise<StoredBackup> {
  const files = [...sizes.keys()].filter((file) => file.startsWith(`${name}.`));
  const bytes = files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const common = { name, at, bytes, files };
  try {
    const manifest = parseManifest(await readText(store, manifestFile(name)), name);
    for (const part of [manifest.dump, manifest.documents].filter((each) => each !== null)) {
      const kept = sizes.get(part.file);
      if (kept === undefined) throw new BackupError(`${part.file} is missing.`);
      if (kept !== part.bytes) throw new BackupError(`${part.file} has ${kept} of ${part.bytes} bytes.`);
    }
    const text = sizes.has(proofFile(name)) ? await readText(store, proofFile(name)) : "";
    return { ...common, manifest, proof: parseProof(text, manifest), problem: null };
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return { ...common, manifest: null, proof: null, problem: error.message };
  }
}
