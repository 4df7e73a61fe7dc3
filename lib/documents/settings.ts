import { type Environment, readSettings, SettingError } from "@/lib/settings/settings";

/** Where documents' files are: an S3-compatible store, a folder, both or neither. */
export type StoreSettings = {
  s3: { endpoint: string | undefined; region: string; accessKeyId: string; secretAccessKey: string } | null;
  directory: string | null;
};

const names = ["S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "DOCUMENTS_DIR"] as const;

/**
 * Reads the location of files from environment variables.
 * @throws SettingError naming a variable that is malformed, or missing beside the others
 */
export function readStoreSettings(env: Environment = process.env): StoreSettings {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, DOCUMENTS_DIR } = readSettings(names, env);
  const directory = DOCUMENTS_DIR ?? null;
  if (!S3_ENDPOINT && !S3_REGION && !S3_ACCESS_KEY_ID && !S3_SECRET_ACCESS_KEY) return { s3: null, directory };
  if (!S3_ENDPOINT && !S3_REGION)
    throw new SettingError("Set S3_ENDPOINT or S3_REGION beside the other S3_ variables.");
  if (!S3_ACCESS_KEY_ID) throw new SettingError("Set S3_ACCESS_KEY_ID beside the other S3_ variables.");
  if (!S3_SECRET_ACCESS_KEY) throw new SettingError("Set S3_SECRET_ACCESS_KEY beside the other S3_ variables.");
  return {
    s3: {
      endpoint: S3_ENDPOINT,
      region: S3_REGION ?? "us-east-1",
      accessKeyId: S3_ACCESS_KEY_ID,
      secretAccessKey: S3_SECRET_ACCESS_KEY,
    },
    directory,
  };
}
