import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { given } from "@/lib/contact/given";
import { queryRows } from "@/lib/database/query";
import { SettingError } from "@/lib/settings/settings";
import { commonHeaders, refuse } from "./answer";
import { printDisposition } from "./disposition";
import { type FileProblem, fileProblems } from "./file";
import type { StoredLocation } from "./location";
import { paceReading, takeReader } from "./readers";
import { type OpenedFile, openFile } from "./store";
import { uniqueNames } from "./unique-names";
import { documentWords, fileWords } from "./words";
import { streamZip, type ZipEntry } from "./zip";

type Wanted = { contact: string; staffId: string; withBody: boolean; signal: AbortSignal };

type ListedFile = StoredLocation & { filename: string };

/**
 * The HTTP answer with all files of a contact as one ZIP. Files that cannot be read do not fail it: the archive then has
 * a text that names them. It counts as one of the documents that a person may read at once.
 * @throws DatabaseError
 */
export async function answerAllFiles({ contact, staffId, withBody, signal }: Wanted): Promise<Response> {
  const found = await listFiles(contact);
  if (!found) return refuse("unknown", fileWords.noFiles);
  const headers = {
    ...commonHeaders,
    "content-type": "application/zip",
    "content-disposition": printDisposition("attachment", documentWords.allFiles(given(found.name) ?? contact)),
    // Compressing it again would only cost time.
    "cache-control": `${commonHeaders["cache-control"]}, no-transform`,
  };
  if (!withBody) return new Response(null, { headers });
  const release = await takeReader(staffId, signal);
  if (!release) return refuse("busy");
  // Also closes the file that is being read when the archive's reader goes away.
  const reading = new AbortController();
  const end = once(() => {
    release();
    reading.abort();
  });
  const left = AbortSignal.any([signal, reading.signal]);
  left.addEventListener("abort", end, { once: true });
  if (left.aborted) end();
  const open = (file: ListedFile) => openAt(file, left);
  const entries = zipFiles(found.files, open, (bytes) => paceReading(staffId, bytes), left);
  return new Response(streamZip(entries, end), { headers });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

/** The contact's name and its documents' files, in the order in which they came; null if it has none. */
async function listFiles(contact: string): Promise<{ name: string; files: ListedFile[] } | null> {
  const rows = await queryRows<ListedFile & { name: string }>(Prisma.sql`
    select c.name, d.filename, d.s3_bucket as bucket, d.s3_key as key, d.efs_path as "efsPath"
    from documents d
    join contact_submissions c on c.id = d.contact_id
    where d.contact_id = ${contact}
    order by d.upload_timestamp, d.id`);
  const [first] = rows;
  return first ? { name: first.name, files: rows } : null;
}

async function openAt(
  file: ListedFile,
  signal: AbortSignal,
): Promise<OpenedFile | { ok: false; problem: FileProblem }> {
  try {
    const opened = await openFile(file, signal);
    if (!opened.ok || opened.file.length !== 0) return opened;
    opened.file.body.destroy();
    return { ok: false, problem: "empty" };
  } catch (error) {
    if (error instanceof SettingError) return { ok: false, problem: "not_configured" };
    throw error;
  }
}

/**
 * The archive's files one by one, each opened only when its turn comes. Last comes the text about those that are not in
 * it, or not whole.
 * @param open gives a file, or why it cannot be read
 * @param pace slows its bytes where the reader must
 */
export async function* zipFiles<Listed extends { filename: string }>(
  files: Listed[],
  open: (file: Listed) => Promise<OpenedFile | { ok: false; problem: FileProblem }>,
  pace: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<ZipEntry> {
  const lastModified = new Date();
  const [about = "", ...names] = uniqueNames([documentWords.notIncluded, ...files.map(({ filename }) => filename)]);
  const problems: string[] = [];
  for (const [at, file] of files.entries()) {
    const name = names[at] ?? "";
    const opened = await open(file);
    if (!opened.ok) {
      problems.push(`${name}: ${fileProblems[opened.problem].words}`);
      continue;
    }
    const { body } = opened.file;
    const cut = () => problems.push(`${name}: ${fileWords.cut}`);
    yield { name, lastModified, input: untilBroken(pace(body), signal, cut) };
    body.destroy();
  }
  if (problems.length > 0) yield { name: about, lastModified, input: `${problems.join("\r\n")}\r\n` };
}

/** A file's bytes. If the store breaks off, the archive goes on with the next file; if the reader has left, it does not. */
async function* untilBroken(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  onBroken: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    if (signal.aborted) throw error;
    onBroken();
  }
}
