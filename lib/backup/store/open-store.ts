import { BackupError } from "../backup-error";
import { readBackupLocation } from "../settings";
import { openBucket } from "./bucket-store";
import { openFolder } from "./folder-store";
import type { BackupStore } from "./store";

/** Opens the store that the settings name. @throws BackupError if they name none; SettingError */
export function openStore(): BackupStore {
  const location = readBackupLocation();
  if (!location) throw new BackupError("Say where backups are kept: set BACKUP_DIR or BACKUP_S3_BUCKET.");
  return location.kind === "folder" ? openFolder(location.folder) : openBucket(location);
}
