/** Why a backup could not be made, proved or restored: a sentence for the operator that contains no personal data. */
export class BackupError extends Error {
  override name = "BackupError";
}

/** A server, store or disk that a backup needs did not work. This says nothing about the backup itself. */
export class UnavailableError extends BackupError {}

/**
 * The message of an expected error. For any other error its code and first line, which may appear on the server's
 * console.
 */
export function describeBackupError(error: unknown): string {
  if (error instanceof BackupError) return error.message;
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === "SettingError") return message ?? "";
  return [code, message?.split("\n", 1)[0]].filter(Boolean).join(": ") || "Something unforeseen happened.";
}
