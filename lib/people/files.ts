import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction, queryRows } from "@/lib/database/query";
import { removeFile } from "@/lib/documents/remove";
import { logFailedRequest } from "@/lib/runtime/log";
import { workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { singleFlight } from "@/lib/runtime/single-flight";

/** Milliseconds between two checks for files that are due. */
const lookEvery = 60_000;

/** Removes all due files of forgotten people. Callers need not wait. */
export function wakeFileRemoval(): Promise<void> {
  return singleFlight("forgotten files", () => workOn("forgotten files", null, () => workFor(null, removeDueFiles)));
}

/** Checks for due files once a minute, from server start on. */
export function watchFileRemoval(): void {
  setInterval(() => void wakeFileRemoval(), lookEvery).unref();
}

/** A file that the store did not remove is retried later. */
async function removeDueFiles(): Promise<void> {
  try {
    while (await removeNextFile());
  } catch (error) {
    if (describeDatabaseError(error).code === "busy") return;
    logFailedRequest(error, { method: "RUN", route: "forgotten files", kind: "remove" });
  }
}

type DueFile = { id: string; bucket: string | null; key: string | null; efsPath: string | null };

/**
 * Takes one due file and removes it. Taking it postpones the next try by a minute at first and an hour at most. So
 * nobody else takes the file meanwhile, and it is retried if this process dies. Removing a file twice does no harm.
 * @returns false if no file is due
 */
async function removeNextFile(): Promise<boolean> {
  const [file] = await inTransaction("interactive", (run) =>
    run<DueFile>(Prisma.sql`
      update forgotten_files
      set tries = tries + 1, next_try_at = now() + least(interval '1 minute' * power(2, least(tries, 6)), interval '1 hour')
      where id = (
        select id from forgotten_files
        where next_try_at <= now()
        order by next_try_at
        limit 1
        for update skip locked)
      returning id::text as id, bucket, key, efs_path as "efsPath"`),
  );
  if (!file) return false;
  const problem = (await isOthers(file)) ? null : await removeFile(file);
  await inTransaction("interactive", (run) =>
    run(
      problem === null
        ? Prisma.sql`delete from forgotten_files where id = ${file.id}::bigint`
        : Prisma.sql`update forgotten_files set problem = ${problem} where id = ${file.id}::bigint`,
    ),
  );
  return true;
}

/** Whether a document's row points to the file. One may do so since the file was queued; then it is kept. */
async function isOthers({ bucket, key, efsPath }: DueFile): Promise<boolean> {
  const [row] = await queryRows<{ found: boolean }>(Prisma.sql`
    select exists (
      select from documents
      where (s3_key = ${key} and s3_bucket is not distinct from ${bucket}) or efs_path = ${efsPath}) as found`);
  return row?.found ?? false;
}
