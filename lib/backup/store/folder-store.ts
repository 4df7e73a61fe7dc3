import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { BackupError } from "../backup-error";
import type { BackupStore } from "./store";

/** Hours after which an unfinished file counts as abandoned by a killed process. */
const abandonedAfter = 24;

/** The name of a file until it is complete: hidden, and not a backup's name. */
const unfinished = (file: string) => `.${file}.${randomBytes(4).toString("hex")}.unfinished`;

/** Backups in a folder, which must exist. */
export function openFolder(folder: string): BackupStore {
  const inside = (file: string) => join(/* turbopackIgnore: true */ folder, file);
  return {
    location: folder,
    async check() {
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch(() => {
        throw new BackupError(`BACKUP_DIR names a folder that is not there, or where nothing can be written.`);
      });
      await removeAbandoned(folder);
    },
    async list() {
      const names = await readdir(folder);
      const entries = await Promise.all(
        names
          .filter((name) => !name.startsWith("."))
          .map(async (name) => {
            const found = await stat(inside(name)).catch(() => null);
            return found?.isFile() ? ([name, found.size] as const) : null;
          }),
      );
      return new Map(entries.filter((entry) => entry !== null));
    },
    async read(file) {
      const handle = await open(inside(file), "r").catch(() => null);
      if (!handle) throw new BackupError(`${file} is missing.`);
      return handle.createReadStream();
    },
    async write(file, content, signal) {
      const aside = inside(unfinished(file));
      const handle = await open(aside, "wx", 0o600);
      try {
        for await (const chunk of content) {
          signal?.throwIfAborted();
          await handle.writeFile(chunk);
        }
        // The content is synced before the rename, and the folder after it. So a power cut leaves no partial file under
        // the final name.
        await handle.sync();
        await handle.close();
        await rename(aside, inside(file));
        await syncFolder(folder);
      } catch (error) {
        await handle.close().catch(() => undefined);
        await rm(aside, { force: true });
        throw error;
      }
    },
    async remove(file) {
      await rm(inside(file), { force: true });
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\.dump-.*\.unfinished$/.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > abandonedAfter * 3_600_000) await rm(join(folder, name), { force: true });
  }
}
