import { type ConnectionSettings, readDatabaseSettings } from "@/lib/database/settings";
import { readStoreSettings, type StoreSettings } from "@/lib/documents/settings";
import { type Environment, readSettings, SettingError } from "@/lib/settings/settings";

/** Where backups are kept. */
export type BackupLocation =
  | { kind: "folder"; folder: string }
  | { kind: "bucket"; bucket: string; prefix: string; s3: NonNullable<StoreSettings["s3"]> };

/** How many backups are kept of each kind. One backup may count for several kinds. */
export type Retention = { last: number; daily: number; weekly: number; monthly: number };

const names = [
  "BACKUP_DIR",
  "BACKUP_S3_BUCKET",
  "BACKUP_S3_PREFIX",
  "BACKUP_KEEP_LAST",
  "BACKUP_KEEP_DAILY",
  "BACKUP_KEEP_WEEKLY",
  "BACKUP_KEEP_MONTHLY",
] as const;

/**
 * Where backups are kept. Null if no setting names a location, so none are made.
 * @throws SettingError if both are named, or the bucket's server is not configured
 */
export function readBackupLocation(env: Environment = process.env): BackupLocation | null {
  const { BACKUP_DIR, BACKUP_S3_BUCKET, BACKUP_S3_PREFIX } = readSettings(names, env);
  if (BACKUP_DIR && BACKUP_S3_BUCKET) throw new SettingError("Set BACKUP_DIR or BACKUP_S3_BUCKET, not both.");
  if (BACKUP_DIR) return { kind: "folder", folder: BACKUP_DIR };
  if (!BACKUP_S3_BUCKET) return null;
  const { s3 } = readStoreSettings(env);
  if (!s3) throw new SettingError("Set S3_ENDPOINT or S3_REGION, and the S3_ key, beside BACKUP_S3_BUCKET.");
  return { kind: "bucket", bucket: BACKUP_S3_BUCKET, prefix: BACKUP_S3_PREFIX, s3 };
}

/** How many backups are kept. @throws SettingError */
export function readRetention(env: Environment = process.env): Retention {
  const settings = readSettings(names, env);
  return {
    last: settings.BACKUP_KEEP_LAST,
    daily: settings.BACKUP_KEEP_DAILY,
    weekly: settings.BACKUP_KEEP_WEEKLY,
    monthly: settings.BACKUP_KEEP_MONTHLY,
  };
}

/**
 * The databases of a backup. `source` is dumped, by a role that may read everything. `check` is a server on which a
 * temporary database may be created to restore into. Both are direct connections, not through a pooler.
 * @throws SettingError
 */
export function readBackupDatabases(env: Environment = process.env): {
  source: ConnectionSettings;
  check: ConnectionSettings;
} {
  const { BACKUP_DATABASE_URL, BACKUP_CHECK_URL } = readSettings(["BACKUP_DATABASE_URL", "BACKUP_CHECK_URL"], env);
  const { app, direct } = readDatabaseSettings(env);
  const source = BACKUP_DATABASE_URL ? { connectionString: BACKUP_DATABASE_URL } : (direct ?? app);
  return { source, check: BACKUP_CHECK_URL ? { connectionString: BACKUP_CHECK_URL } : source };
}
