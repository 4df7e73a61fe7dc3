import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withUndo } from "./undo";
import type { World } from "./world";

const megabytes = 30;
const name = "large.bin";

/** A folder for the application to read documents from, with one large file in it. */
export function makeDocuments(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-bench-"));
  writeFileSync(join(folder, name), Buffer.alloc(megabytes * 1_000_000, 1));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A document of the newest contact that leads to that file; gives its id. */
export function withDocument<R>({ client, url }: World, work: (id: string) => Promise<R>): Promise<R> {
  const id = randomUUID();
  const remove = (own: World["client"]) => own.query("delete from documents where id = $1", [id]).then(() => undefined);
  return withUndo(url, remove, async () => {
    await client.query(
      `insert into documents (id, contact_id, filename, size, content_type, document_type, upload_timestamp, s3_key)
      select $1, id, $2::text, $3, 'text/plain', 'notes', now(), $2::text from contact_submissions order by "timestamp" desc, id desc limit 1`,
      [id, name, megabytes * 1_000_000],
    );
    return work(id);
  });
}
