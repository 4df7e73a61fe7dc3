import { isUuid } from "@/lib/database/values";
import "server-only";
import { readModels } from "@/lib/database/query";
import type { StoredLocation } from "./location";

export type DocumentFile = StoredLocation & {
  id: string;
  filename: string /** Bytes, as the website said. */;
  size: number;
};

/**
 * A document's file name and location. Null for an unknown id, or for a text that is not a UUID.
 * @throws DatabaseError
 */
export async function getDocumentFile(id: string): Promise<DocumentFile | null> {
  if (!isUuid(id)) return null;
  const stored = await readModels((models) =>
    models.document.findFirst({
      where: { id },
      select: { id: true, filename: true, size: true, s3Bucket: true, s3Key: true, efsPath: true },
    }),
  );
  if (!stored) return null;
  const { filename, size, s3Bucket: bucket, s3Key: key, efsPath } = stored;
  return { id: stored.id, filename, size: Number(size), bucket, key, efsPath };
}
