import "server-only";
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from "yauzl";
import type { ByteRange } from "../store";

/** What a ZIP archive holds, as its own list says it. Nothing of it is unpacked. */
export type Archive = {
  entries: { name: string /** Bytes when unpacked, as the archive says. */; size: number; locked: boolean }[];
  /** Why the list is not whole: it is longer than is shown, or damaged from here on. */
  cut: "long" | "damaged" | null;
};

/** Most names that are shown, and most characters of one. */
export const archiveLimits = { names: 200, characters: 300 };

/** Bytes that are read at once, and how many such blocks at most: 2 MB of an archive's list. */
const block = { bytes: 64 * 1024, most: 32 };

type ReadPart = (range: ByteRange) => Promise<Buffer>;

/**
 * Reads the list of names at the end of a ZIP archive (APPNOTE 6.3.10, 4.3.12: the central directory), and no more of
 * it than `archiveLimits` needs. Null if the list cannot be found.
 * @param length the file's, in bytes
 */
export async function listArchive(readPart: ReadPart, length: number): Promise<Archive | null> {
  const reader = new BlockReader(readPart, length);
  const entries: Archive["entries"] = [];
  const list = async (): Promise<Archive | null> => {
    // Names stay bytes here, because yauzl refuses a whole archive for one name that leads elsewhere.
    const archive = await fromRandomAccessReaderPromise(reader, length, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const entry of archive.eachEntry()) {
      if (entries.length === archiveLimits.names) return { entries, cut: "long" };
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      entries.push({
        name: [...name.slice(0, archiveLimits.characters * 2)].slice(0, archiveLimits.characters).join(""),
        size: entry.uncompressedSize,
        locked: entry.isEncrypted(),
      });
    }
    return { entries, cut: null };
  };
  try {
    return await Promise.race([list(), reader.failed]);
  } catch {
    return entries.length > 0 ? { entries, cut: reader.spent ? "long" : "damaged" } : null;
  }
}

/** Reads a file in blocks and remembers them, because yauzl asks twice for each name. */
class BlockReader extends RandomAccessReader {
  readonly #readPart: ReadPart;
  readonly #length: number;
  readonly #blocks = new Map<number, Promise<Buffer>>();
  #fail: (error: unknown) => void = () => undefined;
  /** Rejects if yauzl itself fails on what it was given, which would otherwise end the process. */
  readonly failed = new Promise<never>((_resolve, reject) => {
    this.#fail = reject;
  });

  constructor(readPart: ReadPart, length: number) {
    super();
    this.#readPart = readPart;
    this.#length = length;
    this.failed.catch(() => undefined);
  }

  /** Whether as many blocks were read as may be. */
  get spent(): boolean {
    return this.#blocks.size >= block.most;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#copy(buffer.subarray(offset, offset + length), position)
      .then(
        () => null,
        (error: Error) => error,
      )
      .then(callback)
      .catch(this.#fail);
  }

  async #copy(target: Buffer, position: number): Promise<void> {
    if (position < 0 || position + target.length > this.#length) throw new Error("The archive leads beyond its end.");
    for (let done = 0; done < target.length; ) {
      const at = position + done;
      const number = Math.floor(at / block.bytes);
      const bytes = await this.#load(number);
      const copied = bytes.copy(target, done, at - number * block.bytes);
      if (copied === 0) throw new Error("The file is shorter than it was said to be.");
      done += copied;
    }
  }

  #load(number: number): Promise<Buffer> {
    const known = this.#blocks.get(number);
    if (known) return known;
    if (this.spent) throw new Error("The archive's list is too long.");
    const start = number * block.bytes;
    const loading = this.#readPart({ start, end: Math.min(start + block.bytes, this.#length) });
    this.#blocks.set(number, loading);
    return loading;
  }
}
