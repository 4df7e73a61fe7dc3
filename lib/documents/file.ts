import "server-only";
import { Readable } from "node:stream";
import { type ContentKind, sniffContent, sniffedBytes } from "./content/content";
import { describeFormat } from "./content/formats";
import { measuredBytes, type PictureSize, readPictureSize } from "./content/picture-size";
import type { OpenFile, StoreProblem } from "./store";
import { describeUnshown, fileWords } from "./words";

/** Why a file cannot be previewed or downloaded: words for staff, and the HTTP status. */
export const fileProblems: Record<
  | StoreProblem
  | "unknown"
  | "empty"
  | "not_previewed"
  | "damaged_picture"
  | "markup"
  | "too_large"
  | "too_many_pixels"
  | "not_measured"
  | "busy",
  { status: number; words: string }
> = {
  unknown: { status: 404, words: fileWords.unknown },
  no_location: { status: 404, words: fileWords.no_location },
  missing: { status: 404, words: fileWords.missing },
  empty: { status: 404, words: fileWords.empty },
  not_configured: { status: 503, words: fileWords.not_configured },
  unreachable: { status: 502, words: fileWords.unreachable },
  not_previewed: { status: 415, words: fileWords.not_previewed },
  damaged_picture: {
    status: 415,
    words: fileWords.damaged_picture,
  },
  markup: {
    status: 415,
    words: fileWords.markup,
  },
  busy: { status: 503, words: fileWords.busy },
  too_large: { status: 413, words: fileWords.too_large },
  too_many_pixels: {
    status: 413,
    words: fileWords.too_many_pixels,
  },
  not_measured: {
    status: 415,
    words: fileWords.not_measured,
  },
};

export type FileProblem = keyof typeof fileProblems;

/** Bytes that a browser can show at once. Larger files are downloaded. A browser took 10 s for 2 MB of short lines. */
export const previewLimits = { pdf: 50 * 1024 * 1024, image: 50 * 1024 * 1024, text: 512 * 1024 };

/**
 * Most pixels of a picture in a preview. A browser keeps four bytes per pixel: 200 MB at this limit. The largest
 * photographs of common cameras have 50 million pixels. See docs/decisions/06-picture-bounds.md.
 */
export const shownPixels = 50_000_000;

export type SniffedFile = {
  content: ContentKind;
  /** In pixels. Null unless it is a picture whose size could be read. */
  size: PictureSize | null;
  /** Whether all of the file was examined. */
  whole: boolean;
  file: OpenFile;
};

/**
 * Examines a file's beginning, and returns the file complete, with that beginning.
 * @throws the store's read error; the source is then closed
 */
export async function sniffFile({ body, length }: OpenFile): Promise<SniffedFile> {
  const { head, ...found } = await readBeginning(body);
  // Nothing can be unshifted after the end, and a short file is already read to its end.
  if (body.readableEnded) return { ...found, file: { body: Readable.from([head]), length } };
  body.unshift(head);
  return { ...found, file: { body, length } };
}

/** Reads as much of a file as is needed to tell its kind and, for a picture, its size. */
export async function readBeginning(body: Readable): Promise<Omit<SniffedFile, "file"> & { head: Buffer }> {
  let head = await readHead(body, sniffedBytes);
  const content = await sniffContent(head.subarray(0, sniffedBytes));
  if (content.kind !== "image") return { head, content, size: null, whole: body.readableEnded };
  let size = readPictureSize(content.type, head);
  for (const enough of [64 * 1024, measuredBytes]) {
    if (size || body.readableEnded) break;
    if (head.length < enough) head = Buffer.concat([head, await readHead(body, enough - head.length)]);
    size = readPictureSize(content.type, head);
  }
  return { head, content, size, whole: body.readableEnded };
}

/** Milliseconds within which a file's beginning must arrive. */
const headLimit = 5_000;

/** Reads at least `wanted` bytes, or all that there are. The rest stays in the stream. */
export async function readHead(body: Readable, wanted: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const silence = setTimeout(() => body.destroy(new Error("the store fell silent")), headLimit);
  try {
    while (length < wanted) {
      const chunk: Buffer | null = body.read();
      if (chunk !== null) {
        chunks.push(chunk);
        length += chunk.length;
      } else if (body.readableEnded || body.destroyed || !(await waitForMore(body))) {
        break;
      }
    }
  } finally {
    clearTimeout(silence);
  }
  if (body.errored) throw body.errored;
  return Buffer.concat(chunks);
}

/** Waits for more data. False at the end. */
function waitForMore(body: Readable): Promise<boolean> {
  return new Promise((settle, fail) => {
    const done = (act: () => void) => () => {
      for (const [event, listener] of Object.entries(listeners)) body.off(event, listener);
      act();
    };
    const listeners: Record<string, (error?: Error) => void> = {
      readable: done(() => settle(true)),
      end: done(() => settle(false)),
      close: done(() => settle(false)),
      error: (error) => done(() => fail(error))(),
    };
    for (const [event, listener] of Object.entries(listeners)) body.on(event, listener);
  });
}

/** How content is previewed, or why it cannot be. */
export function previewOf(
  { content, size, whole }: Omit<SniffedFile, "file">,
  length: number | null,
): FileProblem | "pdf" | "image" | "text" | "mail" {
  const { kind } = content;
  if (kind === "empty" || kind === "markup") return kind;
  if (kind === "other" || kind === "archive") return "not_previewed";
  if (kind === "image" && size === null && whole) return "damaged_picture";
  if (length === null) return "not_measured";
  // Of an e-mail only the beginning is read.
  if (kind === "mail") return kind;
  if (length > previewLimits[kind]) return "too_large";
  if (kind !== "image") return kind;
  if (size === null) return "not_measured";
  return size.width * size.height > shownPixels ? "too_many_pixels" : kind;
}

/**
 * Most bytes and pixels of a picture that a list shows small. The browser fetches the whole picture for it, so these are
 * less than for a preview: a photograph of a common phone fits.
 */
const thumbnailLimits = { bytes: 6 * 1024 * 1024, pixels: 16_000_000 };

/** Whether a file is a picture that may be shown small in a list. */
export function hasThumbnail(sniffed: Omit<SniffedFile, "file">, length: number | null): boolean {
  const { size } = sniffed;
  if (previewOf(sniffed, length) !== "image" || size === null || length === null) return false;
  return length <= thumbnailLimits.bytes && size.width * size.height <= thumbnailLimits.pixels;
}

/** Why a file is not shown, in words for staff. They say what it is, where its content tells. */
export function printProblem(problem: FileProblem, content: ContentKind, known: string | null = null): string {
  const what = known ?? ("format" in content ? describeFormat(content.format) : null);
  if (problem !== "not_previewed" || what === null) return fileProblems[problem].words;
  return describeUnshown(what);
}
