import "server-only";
import { open, realpath, stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { ofProcess } from "@/lib/runtime/of-process";
import { type FileLocation, locateFile, type StoredLocation } from "./location";
import { readStoreSettings, type StoreSettings } from "./settings";

/** Why a file cannot be opened, as the page and the handler report it. */
export type StoreProblem = "no_location" | "not_configured" | "missing" | "unreachable";

/** An open file. Whoever opens it reads `body` to its end or destroys it. */
export type OpenFile = { body: Readable /** Bytes, where the store says. */; length: number | null };

export type OpenedFile = { ok: true; file: OpenFile } | { ok: false; problem: StoreProblem };

/** A part of a file, in bytes: from `start` up to, but not including, `end`. */
export type ByteRange = { start: number; end: number };

/**
 * Milliseconds to connect to the store, and until its answer begins. With one retry a page still answers within 6 s.
 */
const connectLimit = 1_500;
const answerLimit = 2_500;

const store = ofProcess("store", () => ({ open: null as { key: string; client: S3Client } | null }));

/** Loaded on the first S3 access, because it is large and many desks do not use S3. */
export const loadStoreSdk = () => import("@aws-sdk/client-s3");

/** One client while the settings stay the same, because it holds the connections. */
export async function getStoreClient(settings: NonNullable<StoreSettings["s3"]>): Promise<S3Client> {
  const key = JSON.stringify(settings);
  if (store.open?.key === key) return store.open.client;
  const { S3Client } = await loadStoreSdk();
  const client = new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    forcePathStyle: settings.endpoint !== undefined,
    maxAttempts: 2,
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: connectLimit,
      requestTimeout: answerLimit,
      throwOnRequestTimeout: true,
      // No limit: a connection is idle when its reader is slow, and a paused download is not a failure.
      socketTimeout: 0,
    },
  });
  store.open = { key, client };
  return client;
}

/**
 * Opens the file to which a document's row points; `locateFile` has the rule.
 * @param signal closes the source when the reader goes away
 * @param range opens only this part; `length` is then the part's
 * @throws SettingError if the store is configured wrongly
 */
export async function openFile(
  stored: StoredLocation,
  signal?: AbortSignal,
  range?: ByteRange,
  settings: StoreSettings = readStoreSettings(),
): Promise<OpenedFile> {
  const location = locateFile(stored, settings);
  const opened = await openAt(location, settings, { signal, range });
  // Without this listener a source that fails before the reader listens would end the process.
  if (opened.ok) opened.file.body.on("error", () => undefined);
  if (opened.ok && signal) {
    const { body } = opened.file;
    const close = () => body.destroy();
    if (signal.aborted) close();
    signal.addEventListener("abort", close, { once: true });
    body.once("close", () => signal.removeEventListener("abort", close));
  }
  return opened;
}

type Opening = { signal?: AbortSignal; range?: ByteRange };

async function openAt(location: FileLocation, settings: StoreSettings, opening: Opening): Promise<OpenedFile> {
  if (location.kind === "nowhere") return { ok: false, problem: location.reason };
  if (location.kind === "directory") return openInDirectory(location.directory, location.path, opening.range);
  return settings.s3 ? openInS3(settings.s3, location, opening) : { ok: false, problem: "not_configured" };
}

async function openInS3(
  settings: NonNullable<StoreSettings["s3"]>,
  { bucket, key }: { bucket: string; key: string },
  { signal, range }: Opening,
): Promise<OpenedFile> {
  const { GetObjectCommand, S3ServiceException } = await loadStoreSdk();
  const client = await getStoreClient(settings);
  try {
    const part = range ? { Range: `bytes=${range.start}-${range.end - 1}` } : {};
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...part }), {
      abortSignal: signal,
    });
    if (!answer.Body) return { ok: false, problem: "missing" };
    const body = answer.Body as Readable;
    // A store that does not know ranges sends the whole file.
    if (range && answer.ContentRange === undefined) {
      body.destroy();
      return { ok: false, problem: "unreachable" };
    }
    return { ok: true, file: { body, length: answer.ContentLength ?? null } };
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    return { ok: false, problem: status === 404 ? "missing" : "unreachable" };
  }
}

/** Opens a file inside the directory only. Path and links are resolved before the check. */
async function openInDirectory(directory: string, path: string, range?: ByteRange): Promise<OpenedFile> {
  const root = await realpath(directory).catch(() => null);
  if (root === null) return { ok: false, problem: "unreachable" };
  // A NUL, an overlong name, a missing file and a file outside are all reported as missing.
  const target = await realpath(resolve(root, path)).catch(() => null);
  if (target === null || !target.startsWith(root.endsWith(sep) ? root : root + sep))
    return { ok: false, problem: "missing" };
  // Only a plain file is opened, because opening a named pipe would wait for ever for a writer.
  const before = await stat(target).catch(() => null);
  if (!before?.isFile()) return { ok: false, problem: "missing" };
  const handle = await open(target, "r").catch(() => null);
  if (handle === null) return { ok: false, problem: "unreachable" };
  const { size } = await handle.stat();
  if (!range) return { ok: true, file: { body: handle.createReadStream(), length: size } };
  const length = Math.max(0, Math.min(range.end, size) - range.start);
  // An empty range cannot be expressed: a stream's end is included.
  const body = length > 0 ? handle.createReadStream({ start: range.start, end: range.start + length - 1 }) : null;
  if (!body) await handle.close();
  return { ok: true, file: { body: body ?? Readable.from([]), length } };
}
