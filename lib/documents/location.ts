import type { StoreSettings } from "./settings";

/** What a document's row says about where its file is. */
export type StoredLocation = { bucket: string | null; key: string | null; efsPath: string | null };

/** Where to read a file, or why there is nowhere. `path` is relative to DOCUMENTS_DIR unless it begins with a slash. */
export type FileLocation =
  | { kind: "s3"; bucket: string; key: string }
  | { kind: "directory"; directory: string; path: string }
  | { kind: "nowhere"; reason: "no_location" | "not_configured" };

/**
 * The one rule for where a file is:
 * a row with bucket and key is read from S3 where S3 is configured, and else from DOCUMENTS_DIR/<bucket>/<key>, a mirror of
 * the store; a row with a key alone from DOCUMENTS_DIR/<key>; a row with neither from its efs_path, which is relative to
 * DOCUMENTS_DIR or an absolute path inside it.
 */
export function locateFile({ bucket, key, efsPath }: StoredLocation, settings: StoreSettings): FileLocation {
  if (!key && !efsPath) return { kind: "nowhere", reason: "no_location" };
  if (key && bucket && settings.s3) return { kind: "s3", bucket, key };
  if (settings.directory === null) return { kind: "nowhere", reason: "not_configured" };
  // A key is never an absolute path: object stores know no root, and "/etc/passwd" is not ours to read.
  const path = key ? `./${bucket ? `${bucket}/` : ""}${key}` : (efsPath ?? "");
  return { kind: "directory", directory: settings.directory, path };
}
