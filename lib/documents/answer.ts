import "server-only";
import { SettingError } from "@/lib/settings/settings";
import { decodeText } from "./content/text";
import { breakLongLines } from "./content/text-lines";
import { printDisposition } from "./disposition";
import {
  type FileProblem,
  fileProblems,
  hasThumbnail,
  previewLimits,
  previewOf,
  printProblem,
  readHead,
  type SniffedFile,
  sniffFile,
} from "./file";
import { type DocumentFile, getDocumentFile } from "./queries";
import { paceReading, takeReader } from "./readers";
import { type OpenedFile, type OpenFile, openFile } from "./store";

type Wanted = {
  staffId: string;
  preview: boolean;
  /** Only a picture that is small enough to be shown in a list; otherwise the answer is empty. */
  thumbnail?: boolean;
  withBody: boolean;
  signal: AbortSignal;
};

/**
 * The Content-Security-Policy of every file: nothing in it runs, it has no origin, and only our own pages may frame it.
 * `style-src` is for the page that a browser builds around a picture or a text.
 */
const policy = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

/**
 * The HTTP answer for a document: the file as a stream, or a sentence that says what is wrong, with a fitting status.
 * @throws DatabaseError
 */
export async function answerDocument(id: string, wanted: Wanted): Promise<Response> {
  const answer = await answerWanted(id, wanted);
  // A thumbnail is only decoration, and a browser would report every one that is refused as an error of the page.
  return wanted.thumbnail && !answer.ok ? new Response(null, { status: 204, headers: commonHeaders }) : answer;
}

async function answerWanted(id: string, wanted: Wanted): Promise<Response> {
  const document = await getDocumentFile(id);
  if (!document) return refuse("unknown");
  const release = await takeReader(wanted.staffId, wanted.signal);
  if (!release) return refuse("busy");
  const opened = await openAsReader(document, wanted.signal, release);
  if (!opened.ok) return refuse(opened.problem);
  try {
    return await answerFile(document, opened.file, wanted);
  } catch {
    opened.file.body.destroy();
    return refuse("unreachable");
  }
}

/** Opens the file for a reader. The reader's turn ends when the file closes. */
async function openAsReader(document: DocumentFile, signal: AbortSignal, release: () => void): Promise<OpenedFile> {
  try {
    const opened = await openFile(document, signal);
    if (!opened.ok || opened.file.body.closed) release();
    else opened.file.body.once("close", release);
    return opened;
  } catch (error) {
    release();
    if (error instanceof SettingError) return { ok: false, problem: "not_configured" };
    throw error;
  }
}

async function answerFile(document: DocumentFile, opened: OpenFile, wanted: Wanted): Promise<Response> {
  const { staffId, preview, withBody } = wanted;
  const { file, ...sniffed } = await sniffFile(opened);
  const { content } = sniffed;
  const problem = findProblem(wanted, sniffed, file.length);
  if (problem) {
    file.body.destroy();
    return refuse(problem, printProblem(problem, content));
  }
  const headers = {
    ...commonHeaders,
    "content-type": preview ? content.type : "application/octet-stream",
    "content-disposition": printDisposition(preview ? "inline" : "attachment", document.filename),
  };
  if (preview && content.type.startsWith("text/")) return answerText(file, headers, wanted);
  if (!withBody) file.body.destroy();
  return new Response(withBody ? toWebStream(paceReading(staffId, file.body), () => file.body.destroy()) : null, {
    headers: { ...headers, ...(file.length === null ? {} : { "content-length": String(file.length) }) },
  });
}

function findProblem(
  { preview, thumbnail }: Wanted,
  sniffed: Omit<SniffedFile, "file">,
  length: number | null,
): FileProblem | null {
  const shown = previewOf(sniffed, length);
  if (preview && shown in fileProblems) return shown as FileProblem;
  if (thumbnail && !hasThumbnail(sniffed, length)) return "not_previewed";
  return sniffed.content.kind === "empty" ? "empty" : null;
}

/** A text in UTF-8, whatever its encoding was, and in lines that a browser can lay out. */
async function answerText(
  { body }: OpenFile,
  headers: Record<string, string>,
  { staffId, withBody }: Wanted,
): Promise<Response> {
  const bytes = withBody ? await readHead(body, previewLimits.text + 1) : Buffer.alloc(0);
  body.destroy();
  if (bytes.length > previewLimits.text) return refuse("too_large");
  const text = decodeText(bytes, false);
  if (text === null) return refuse("not_previewed");
  const lines = breakLongLines([encoder.encode(text)]);
  return new Response(withBody ? toWebStream(paceReading(staffId, lines), () => undefined) : null, { headers });
}

const encoder = new TextEncoder();

/** The headers of every answer with a file, or about one. */
export const commonHeaders = {
  "x-content-type-options": "nosniff",
  "content-security-policy": policy,
  "cache-control": "private, no-store",
  "cross-origin-resource-policy": "same-origin",
};

/** A sentence instead of a file. */
export function refuse(problem: FileProblem, words = fileProblems[problem].words): Response {
  const { status } = fileProblems[problem];
  return new Response(`${words}\n`, {
    status,
    headers: {
      ...commonHeaders,
      "content-type": "text/plain; charset=utf-8",
      ...(status === 503 ? { "retry-after": "5" } : {}),
    },
  });
}

/** Bytes as a web stream. It reads only as fast as the reader takes them, and closes when the reader goes away. */
function toWebStream(source: AsyncIterable<Uint8Array>, close: () => void): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
