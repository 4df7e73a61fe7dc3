import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SampleContact } from "./contacts";
import type { SampleDocument } from "./documents";
import { buildFile } from "./files";
import { withSize } from "./insights";

/**
 * Writes the real files behind the contacts' documents below `directory` (bucket/key) and gives those rows their size
 * and SHA-256. The other documents get sizes that are alike, and the insights what all of them add up to. Returns how
 * many files were written.
 */
export async function writeSampleFiles(contacts: SampleContact[], directory: string): Promise<number> {
  const invented: SampleDocument[] = [];
  const real: SampleDocument[] = [];
  for (const contact of contacts) {
    for (const document of contact.documents) {
      if (!document.hasFile || !document.bucket || !document.key) {
        invented.push(document);
        continue;
      }
      const content = await buildFile(document, contact);
      const path = join(directory, document.bucket, document.key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      document.size = content.byteLength;
      document.hash = createHash("sha256").update(content).digest("hex");
      real.push(document);
    }
  }
  fitSizes(invented, real);
  for (const contact of contacts) contact.insights = withSize(contact.insights, contact.documents);
  return real.length;
}

/**
 * Scales the sizes of documents without a file, so that a kind's average is that of its files: averages over a month
 * and over a year are then alike. A kind without files takes the average of all.
 */
function fitSizes(invented: SampleDocument[], real: SampleDocument[]): void {
  if (real.length === 0) return;
  const average = (documents: SampleDocument[]) =>
    documents.reduce((sum, { size }) => sum + size, 0) / documents.length;
  for (const kind of new Set(invented.map(({ extension }) => extension))) {
    const isKind = ({ extension }: SampleDocument) => extension === kind;
    const same = real.filter(isKind);
    const scaled = invented.filter(isKind);
    const [wanted, drawn] = [average(same.length > 0 ? same : real), average(scaled)];
    for (const document of scaled) {
      document.size = Math.max(1, Math.round(drawn > 0 ? (document.size * wanted) / drawn : wanted));
    }
  }
}
