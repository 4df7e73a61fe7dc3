import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const source = "node_modules/pdfjs-dist";
const target = "public/pdfjs";

/**
 * Copies fonts, character maps and decoders to where the desk serves them, for PDFs that do not embed their own.
 * QuickJS, which would run a PDF's scripts, is left out.
 */
export function copyPdfAssets(): void {
  const stamp = join(target, "version");
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as { version: string };
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return;
  rmSync(target, { recursive: true, force: true });
  for (const folder of ["cmaps", "iccs", "standard_fonts", "wasm"]) {
    cpSync(join(source, folder), join(target, folder), {
      recursive: true,
      filter: (path) => !basename(path).startsWith("quickjs"),
    });
  }
  writeFileSync(stamp, version);
}
