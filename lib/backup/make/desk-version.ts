import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifest = z.object({ version: z.string() });

/** The desk's version, from the package.json of its working directory. "unknown" if there is none. */
export function readDeskVersion(): string {
  try {
    const text = readFileSync(join(/* turbopackIgnore: true */ process.cwd(), "package.json"), "utf8");
    return manifest.parse(JSON.parse(text)).version;
  } catch {
    return "unknown";
  }
}
