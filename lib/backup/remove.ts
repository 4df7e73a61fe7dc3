import { listBackups } from "./list";
import { manifestFile } from "./make/manifest";
import { chooseRemovals } from "./retention";
import { readRetention } from "./settings";
import type { BackupStore } from "./store/store";

/**
 * Removes the backups that the retention rules do not keep. A damaged one is neither counted nor removed, because
 * somebody should look at it.
 * @param made the backup just made, which is kept whatever age its name implies
 * @returns the removed names
 * @throws BackupError, SettingError
 */
export async function removeOldBackups(store: BackupStore, made?: string): Promise<string[]> {
  const backups = await listBackups(store);
  const keepable = backups.flatMap(({ name, at, manifest, proof }) =>
    manifest ? [{ name, at, proved: proof !== null }] : [],
  );
  const removals = chooseRemovals(keepable, readRetention()).filter((name) => name !== made);
  for (const name of removals) {
    const files = backups.find((backup) => backup.name === name)?.files ?? [];
    // The manifest goes first: if this is interrupted, the remaining files no longer count as a backup.
    const [manifest, rest] = [manifestFile(name), files.filter((file) => file !== manifestFile(name))];
    for (const file of [manifest, ...rest]) await store.remove(file);
  }
  return removals;
}
