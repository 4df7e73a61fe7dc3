import "server-only";
import { Readable } from "node:stream";
import { type ContentKind, sniffContent, sniffedBytes } from "./content";
import { measuredBytes, type PictureSize, readPictureSize } from "./picture-size";
import type { OpenFile, StoreProblem } from "./store";

/** Why a file is not shown or not given, in words for staff, and the handler's status. */
export const fileProblems: Record<
  | StoreProblem
  | "unknown"
  | "empty"
  | "not_previewed"
  | "markup"
  | "too_large"
  | "too_many_pixels"
  | "not_measured"
  | "busy",
  { status: number; words: string }
> = {
  unknown: { status: 404, words: "There is no such document." },
  no_location: { status: 404, words: "The website has not said where this file is, so it cannot be opened." },
  missing: { status: 404, words: "The file is missing from the store." },
  empty: { status: 404, words: "The file is empty." },
  not_configured: { status: 503, words: "No document store is configured. Tell your administrator." },
  unreachable: { status: 502, words: "The document store does not answer. Try again in a moment." },
  not_previewed: { status: 415, words: "This kind of file cannot be shown here. Download it to read it." },
  markup: {
    status: 415,
    words: "Web pages and vector drawings can carry programs, so they are not shown here. Download it to read it.",
  },
  busy: { status: 503, words: "You have many documents open at once. Wait until one is loaded, and try again." },
  too_large: { status: 413, words: "The file is too large to be shown here. Download it to read it." },
  too_many_pixels: {
    status: 413,
    words: "The picture has too many pixels to be shown here. Download it to look at it.",
  },
  not_measured: {
    status: 415,
    words: "How large this is cannot be told beforehand, so it is not shown here. Download it to look at it.",
  },
};

export type FileProblem = keyof typeof fileProblems;

/** Bytes: what the browser can show at once. Larger files are downloaded. Two megabytes of short lines took it 10 s. */
const previewLimits = { pdf: 50 * 1024 * 1024, image: 50 * 1024 * 1024, text: 512 * 1024 };

/**
 * Pixels of a picture that is shown. A browser keeps four bytes of each, 200 MB at the limit; the largest photographs of
 * common cameras have 50 million. See docs/decisions/06-picture-bounds.md.
 */
export const shownPixels = 50_000_000;

export type SniffedFile = {
  content: ContentKind;
  /** Pixels, where it is a picture that says so. */
  size: PictureSize | null;
  file: OpenFile;
};

/**
 * Looks at a file's beginning and gives the file with nothing lost from it.
 * @throws what the store throws while it is read; the source is closed then
 */
export async function sniffFile({ body, length }: OpenFile): Promise<SniffedFile> {
  const { head, ...found } = await readBeginning(body);
  // A short file was read to its end while it was looked at: nothing can be put back then.
  if (body.readableEnded) return { ...found, file: { body: Readable.from([head]), length } };
  body.unshift(head);
  return { ...found, file: { body, length } };
}

/** Reads as much of a file as it takes to tell what it is, and of a picture how large. */
async function readBeginning(body: Readable): Promise<Omit<SniffedFile, "file"> & { head: Buffer }> {
  let head = await readHead(body, sniffedBytes);
  const content = await sniffContent(head.subarray(0, sniffedBytes));
  if (content.kind !== "image") return { head, content, size: null };
  let size = readPictureSize(content.type, head);
  for (const enough of [64 * 1024, measuredBytes]) {
    if (size || body.readableEnded) break;
    if (head.length < enough) head = Buffer.concat([head, await readHead(body, enough - head.length)]);
    size = readPictureSize(content.type, head);
  }
  return { head, content, size };
}

/** Milliseconds in which a file's beginning must arrive. */
const headLimit = 5_000;

/** The next bytes, at least as many as wanted where there are so many. The rest stays in the stream. */
async function readHead(body: Readable, wanted: number): Promise<Buffer> {
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

/** Whether more arrived; false at the end. */
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

/** Reads a file only as far as needed to say what it is, and closes it. */
export async function describeFile({ body, length }: OpenFile): Promise<FileProblem | "pdf" | "image" | "text"> {
  try {
    const { content, size } = await readBeginning(body);
    return previewOf(content, size, length);
  } catch {
    return "unreachable";
  } finally {
    body.destroy();
  }
}

/** How content is shown, or why not. */
export function previewOf(
  { kind }: ContentKind,
  size: PictureSize | null,
  length: number | null,
): FileProblem | "pdf" | "image" | "text" {
  if (kind === "empty" || kind === "markup") return kind;
  if (kind === "other") return "not_previewed";
  if (length === null) return "not_measured";
  if (length > previewLimits[kind]) return "too_large";
  if (kind !== "image") return kind;
  if (size === null) return "not_measured";
  return size.width * size.height > shownPixels ? "too_many_pixels" : kind;
}
