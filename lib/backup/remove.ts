import { listBackups } from "./list";
import { manifestFile } from "./make/manifest";
import { chooseRemovals } from "./retention";
import { readRetention } from "./settings";
import type { BackupStore } from "./store/store";

/**
 * Removes the backups that the rules do not keep. One that is damaged is neither counted nor removed: somebody should look.
 * @param made the one that was just made, which stays whatever its name says of its age
 * @returns their names. @throws BackupError, SettingError
 */
export async function removeOldBackups(store: BackupStore, made?: string): Promise<string[]> {
  const backups = await listBackups(store);
  const keepable = backups.flatMap(({ name, at, manifest, proof }) =>
    manifest ? [{ name, at, proved: proof !== null }] : [],
  );
  const removals = chooseRemovals(keepable, readRetention()).filter((name) => name !== made);
  for (const name of removals) {
    const files = backups.find((backup) => backup.name === name)?.files ?? [];
    // The manifest goes first: what is left, where this is cut short, is no backup.
    const [manifest, rest] = [manifestFile(name), files.filter((file) => file !== manifestFile(name))];
    for (const file of [manifest, ...rest]) await store.remove(file);
  }
  return removals;
}
