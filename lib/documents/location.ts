import type { StoreSettings } from "./settings";

/** A file's location as stored in its document's row. */
export type StoredLocation = { bucket: string | null; key: string | null; efsPath: string | null };

/**
 * Where to read a file, or why it cannot be read. `path` is relative to DOCUMENTS_DIR unless it begins with a slash.
 */
export type FileLocation =
  | { kind: "s3"; bucket: string; key: string }
  | { kind: "directory"; directory: string; path: string }
  | { kind: "nowhere"; reason: "no_location" | "not_configured" };

/**
 * The only rule for finding a file:
 * - bucket and key: S3 if it is configured, else DOCUMENTS_DIR/<bucket>/<key>, a mirror of the store
 * - key only: DOCUMENTS_DIR/<key>
 * - neither: efs_path, relative to DOCUMENTS_DIR or an absolute path inside it
 */
export function locateFile({ bucket, key, efsPath }: StoredLocation, settings: StoreSettings): FileLocation {
  if (!key && !efsPath) return { kind: "nowhere", reason: "no_location" };
  if (key && bucket && settings.s3) return { kind: "s3", bucket, key };
  if (settings.directory === null) return { kind: "nowhere", reason: "not_configured" };
  // A key is never an absolute path. Object stores have no root, and "/etc/passwd" is not ours to read.
  const path = key ? `./${bucket ? `${bucket}/` : ""}${key}` : (efsPath ?? "");
  return { kind: "directory", directory: settings.directory, path };
}
