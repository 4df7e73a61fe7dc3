import "server-only";
import { readdir, realpath, stat, unlink } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { SettingError } from "@/lib/settings/settings";
import { locateFile, type StoredLocation } from "./location";
import { readStoreSettings, type StoreSettings } from "./settings";
import { getStoreClient, loadStoreSdk } from "./store";

/** Why a file was not removed: no store is configured, it does not answer, or it refuses removal. */
export type RemovalProblem = "not_configured" | "unreachable" | "refused";

/**
 * Removes the file to which a document's row pointed. A missing file counts as removed.
 * @returns null when it is gone
 */
export async function removeFile(stored: StoredLocation, settings?: StoreSettings): Promise<RemovalProblem | null> {
  let store: StoreSettings;
  try {
    store = settings ?? readStoreSettings();
  } catch (error) {
    if (error instanceof SettingError) return "not_configured";
    throw error;
  }
  const location = locateFile(stored, store);
  if (location.kind === "s3") return store.s3 ? removeInS3(store.s3, location) : "not_configured";
  if (location.kind === "directory") return removeInDirectory(location.directory, location.path);
  return location.reason === "no_location" ? null : "not_configured";
}

async function removeInS3(
  settings: NonNullable<StoreSettings["s3"]>,
  { bucket, key }: { bucket: string; key: string },
): Promise<RemovalProblem | null> {
  const { DeleteObjectCommand, HeadObjectCommand, S3ServiceException } = await loadStoreSdk();
  const client = await getStoreClient(settings);
  const statusOf = (error: unknown) =>
    error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  try {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return null;
    return status === 401 || status === 403 || status === 405 ? "refused" : "unreachable";
  }
  // A store answers 204 whether or not there was a file, so a second request checks that it is gone.
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return "refused";
  } catch (error) {
    return statusOf(error) === 404 ? null : "unreachable";
  }
}

/** Removes a file inside the directory only. As for reading, path and links are resolved before the check. */
async function removeInDirectory(directory: string, path: string): Promise<RemovalProblem | null> {
  let root: string | undefined;
  try {
    root = await realpath(directory);
    const target = await realpath(resolve(root, path));
    if (!target.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    if ((await stat(target)).isFile()) await unlink(target);
    return null;
  } catch (error) {
    const problem = problemOf(error);
    // A missing or empty directory is probably not mounted, so its files still exist elsewhere.
    if (problem === null && (root === undefined || (await isEmpty(root)))) return "unreachable";
    return problem;
  }
}

/** Maps a file system error. Null if the file does not exist or cannot exist. */
export function problemOf(error: unknown): RemovalProblem | null {
  const { code } = error as { code?: string };
  if (code && ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(code)) return null;
  return code && ["EACCES", "EPERM", "EROFS"].includes(code) ? "refused" : "unreachable";
}

async function isEmpty(directory: string): Promise<boolean> {
  return (await readdir(directory).catch(() => [])).length === 0;
}
