import { BackupError } from "../backup-error";
import { readBackupPlace } from "../settings";
import { openBucket } from "./bucket-store";
import { openFolder } from "./folder-store";
import type { BackupStore } from "./store";

/** Opens the store that the settings name. @throws BackupError if they name none; SettingError */
export function openStore(): BackupStore {
  const place = readBackupPlace();
  if (!place) throw new BackupError("Say where backups are kept: set BACKUP_DIR or BACKUP_S3_BUCKET.");
  return place.kind === "folder" ? openFolder(place.folder) : openBucket(place);
}
