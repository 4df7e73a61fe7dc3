import { isUuid } from "@/lib/database/values";
import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { queryRows } from "@/lib/database/query";
import type { StoredPlace } from "./place";

export type DocumentFile = StoredPlace & {
  id: string;
  filename: string /** Bytes, as the website said. */;
  size: number;
};

/**
 * Where a document's file is and what it is called; null for an unknown id, and for what is no UUID at all.
 * @throws DatabaseError
 */
export async function getDocumentFile(id: string): Promise<DocumentFile | null> {
  if (!isUuid(id)) return null;
  const [row] = await queryRows<DocumentFile>(Prisma.sql`
    select id::text, filename, size::float8 as size, s3_bucket as bucket, s3_key as key, efs_path as "efsPath"
    from documents
    where id = ${id}::uuid`);
  return row ?? null;
}
