import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/**
 * Puts the variables of `.env` into the environment, where they are not set already.
 * Read here, before Next does: Next's own reader expands `$` even inside quotes and so destroys passwords. What is set
 * already it leaves alone.
 * @param warn hears, by the variable's name, of values that look cut short by a # or a quote
 */
export function loadEnvironmentFile(path = ".env", warn: (line: string) => void = console.warn): void {
  let text: string;
  try {
    // The comment is for the build, which would else take every file of the project for part of the server.
    text = readFileSync(/* turbopackIgnore: true */ path, "utf8");
  } catch {
    return;
  }
  for (const name of listCutValues(text)) {
    warn(`${path}: the value of ${name} is cut short at a # or a quote. Put it in 'single quotes' (see .env.example).`);
  }
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}

/** The variables of a .env file whose value goes on behind where the reader stops. A comment is no such case: ` # …`. */
export function listCutValues(text: string): string[] {
  const cut: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ""] = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (!name) continue;
    const quote = /^['"`]/.exec(value)?.[0];
    const end = quote ? value.indexOf(quote, 1) : -1;
    // Without its closing quote on this line a value may go on in the next ones: read as it stands.
    if (quote && end < 0) continue;
    const behind = quote ? value.slice(end + 1) : value;
    if (quote ? !/^\s*(#.*)?$/.test(behind) : /(^|\S)#/.test(behind)) cut.push(name);
  }
  return cut;
}
