import { chromium, findProgram } from "@/scripts/checks/programs";

/** The path of the Chromium that the tests use. @throws Stop if there is none and it cannot be installed */
export async function findChromium(say: (line: string) => void): Promise<string> {
  if (!process.env.CHROMIUM_PATH) await findProgram(chromium, say);
  return process.env.CHROMIUM_PATH ?? "";
}
