import "server-only";
import { makeZip } from "client-zip";

/** One file of an archive. */
export type ZipEntry = { name: string; lastModified: Date; input: string | AsyncIterable<Uint8Array> };

/**
 * A ZIP of the entries, made while it is read: an entry is asked for when the one before it has been taken. Nothing is
 * compressed, because most files that visitors send already are.
 * @param onEnd called once: when all of it is read, when it fails, or when its reader goes away
 */
export function streamZip(entries: AsyncIterable<ZipEntry>, onEnd = () => {}): ReadableStream<Uint8Array> {
  const reader = makeZip(entries).getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          controller.close();
          onEnd();
        } catch (error) {
          onEnd();
          throw error;
        }
      },
      async cancel(reason) {
        onEnd();
        // client-zip rejects when its reader goes away; that is not an error here.
        await reader.cancel(reason).catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
