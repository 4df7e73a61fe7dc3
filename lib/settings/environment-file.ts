import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/**
 * Puts the variables of `.env` into the environment; variables that are already set are left alone. It runs before Next
 * does, because Next's reader expands `$` even inside quotes, which breaks passwords.
 * @param warn gets one line for each variable whose value looks cut off by a # or a quote
 */
export function loadEnvironmentFile(path = ".env", warn: (line: string) => void = console.warn): void {
  let text: string;
  try {
    // The inline comment is for the build: without it, every file of the project is treated as part of the server.
    text = readFileSync(/* turbopackIgnore: true */ path, "utf8");
  } catch {
    return;
  }
  for (const name of listCutValues(text)) {
    warn(`${path}: the value of ${name} is cut short at a # or a quote. Put it in 'single quotes' (see .env.example).`);
  }
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}

/** Variables of a .env file whose value continues where the reader stops. A comment (` # …`) does not count. */
export function listCutValues(text: string): string[] {
  const cut: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ""] = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (!name) continue;
    const quote = /^['"`]/.exec(value)?.[0];
    const end = quote ? value.indexOf(quote, 1) : -1;
    // Without a closing quote on this line, the value may continue on the next lines, so it is accepted as it is.
    if (quote && end < 0) continue;
    const behind = quote ? value.slice(end + 1) : value;
    if (quote ? !/^\s*(#.*)?$/.test(behind) : /(^|\S)#/.test(behind)) cut.push(name);
  }
  return cut;
}
