/** Why a backup was not made, not proved or not restored: a sentence for whoever runs the desk, without anybody's data. */
export class BackupError extends Error {
  override name = "BackupError";
}

/** Something that a backup needs did not do its part, which says nothing of the backup: a server, a store, a disk. */
export class UnavailableError extends BackupError {}

/** The sentence of an error that was foreseen; of any other its code and first line, which the server's console may show. */
export function describeBackupError(error: unknown): string {
  if (error instanceof BackupError) return error.message;
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === "SettingError") return message ?? "";
  return [code, message?.split("\n", 1)[0]].filter(Boolean).join(": ") || "Something unforeseen happened.";
}
