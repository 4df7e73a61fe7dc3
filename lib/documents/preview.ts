import "server-only";
import { getDeskSettings } from "@/lib/desk/settings";
import { SettingError } from "@/lib/settings/settings";
import { type Archive, listArchive } from "./content/archive";
import type { ContentKind } from "./content/content";
import { describeCompound, describeFormat, describeOffice, findCompoundDirectory } from "./content/formats";
import { type Mail, mailLimits, readMail } from "./content/mail";
import { isPictureCut, pictureEndBytes } from "./content/picture-end";
import { type FileProblem, fileProblems, previewOf, printProblem, readBeginning, readHead } from "./file";
import { type DocumentFile, getDocumentFile } from "./queries";
import { type ByteRange, openFile } from "./store";

/** How a document is shown, or a sentence that says why it cannot be. */
export type Preview =
  | { kind: "pdf" | "text" }
  /** `cut` where the end of the picture is missing. */
  | { kind: "image"; cut: boolean }
  | { kind: "archive"; archive: Archive }
  | { kind: "mail"; mail: Mail }
  | { kind: "none"; words: string };

type PictureType = Extract<ContentKind, { kind: "image" }>["type"];

/** Milliseconds that reading parts of a file may take. */
const listLimit = 6_000;

/**
 * How a document is previewed. What is shown without its file, an archive's list or an e-mail's words, comes along.
 * @throws DatabaseError
 */
export async function previewDocument(id: string): Promise<Preview> {
  const document = await getDocumentFile(id);
  if (!document) return refuse("unknown");
  try {
    return await previewFile(document);
  } catch (error) {
    if (error instanceof SettingError) return refuse("not_configured");
    throw error;
  }
}

async function previewFile(document: DocumentFile): Promise<Preview> {
  const opened = await openFile(document);
  if (!opened.ok) return refuse(opened.problem);
  const { body, length } = opened.file;
  try {
    const { head, ...sniffed } = await readBeginning(body);
    const { content } = sniffed;
    const found = previewOf(sniffed, length);
    if (found === "mail") return await previewMail(Buffer.concat([head, await readHead(body, mailLimits.bytes)]));
    if (found === "pdf" || found === "text") return { kind: found };
    body.destroy();
    if (found === "image") {
      const known = content.kind === "image" && length !== null;
      return { kind: found, cut: known && (await isCut(document, content.type, head, length)) };
    }
    if (content.kind === "archive" && length !== null) return await previewArchive(document, content, length);
    const isCompound = content.kind === "other" && content.format === "application/x-cfb";
    return refuse(found, printProblem(found, content, isCompound ? await nameCompound(document, head) : null));
  } catch {
    return refuse("unreachable");
  } finally {
    body.destroy();
  }
}

async function previewMail(bytes: Buffer): Promise<Preview> {
  const cut = bytes.length > mailLimits.bytes;
  const { timeZone } = await getDeskSettings();
  const mail = await readMail(bytes.subarray(0, mailLimits.bytes), cut, timeZone);
  return mail ? { kind: "mail", mail } : { kind: "text" };
}

async function isCut(document: DocumentFile, type: PictureType, head: Buffer, length: number): Promise<boolean> {
  const range = { start: Math.max(0, length - pictureEndBytes), end: length };
  const tail = await partsOf(document)(range).catch(() => null);
  return tail !== null && isPictureCut(type, head, tail, length);
}

async function previewArchive(
  document: DocumentFile,
  content: Extract<ContentKind, { kind: "archive" }>,
  length: number,
): Promise<Preview> {
  // An Office document is an archive too, but its list says nothing to a reader.
  const named = content.format === "application/zip" ? null : describeFormat(content.format);
  const archive = named ? null : await listArchive(partsOf(document), length);
  const what = named ?? (archive ? describeOffice(archive.entries.map(({ name }) => name)) : null);
  if (archive && !what) return { kind: "archive", archive };
  return refuse("not_previewed", printProblem("not_previewed", content, what ?? "a ZIP archive that is damaged"));
}

async function nameCompound(document: DocumentFile, head: Buffer): Promise<string | null> {
  const start = findCompoundDirectory(head);
  const directory = await partsOf(document)({ start, end: start + 4_096 }).catch(() => head);
  return describeCompound(directory) ?? describeCompound(head);
}

/** Reads parts of a document's file, all within `listLimit`. */
function partsOf(document: DocumentFile): (range: ByteRange) => Promise<Buffer> {
  const signal = AbortSignal.timeout(listLimit);
  return async (range) => {
    const opened = await openFile(document, signal, range);
    if (!opened.ok) throw new Error(`A part of the file cannot be read: ${opened.problem}.`);
    try {
      return await readHead(opened.file.body, range.end - range.start);
    } finally {
      opened.file.body.destroy();
    }
  };
}

function refuse(problem: FileProblem, words = fileProblems[problem].words): Preview {
  return { kind: "none", words };
}
