import { readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { parseEnv } from "node:util";
import pg from "pg";
import { z } from "zod";

/** A wrong or missing setting. The message names the variable and never repeats its value. */
export class SettingError extends Error {
  override name = "SettingError";
}

/** How to reach one database: a URL, or the parts of the existing deployment's names. */
export type ConnectionSettings = { connectionString: string };

export type DatabaseSettings = {
  /** The application's role: no DDL. Goes through PgBouncer where there is one. */
  app: ConnectionSettings;
  /** The owner's role on a direct connection, for migrations. Null where only one is configured. */
  direct: ConnectionSettings | null;
  /** Connections this server may hold; see the rule and the budget in the README. */
  poolMax: number;
};

const variables = z.object({
  DATABASE_URL: z.string().optional(),
  DATABASE_DIRECT_URL: z.string().optional(),
  DB_HOST: z.string().optional(),
  DB_PORT: z.coerce.number().int().min(1).max(65535).default(5432),
  DB_NAME: z.string().optional(),
  DB_USER: z.string().optional(),
  DB_PASSWORD: z.string().optional(),
  DB_PASSWORD_FILE: z.string().optional(),
  DB_POOL_MAX: z.coerce.number().int().min(1).max(100).default(10),
});

/**
 * Reads the database's settings from environment variables.
 * @throws SettingError when one is missing or malformed.
 */
export function readDatabaseSettings(env: Record<string, string | undefined> = process.env): DatabaseSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new SettingError(`${String(parsed.error.issues[0]?.path[0])} has a value that cannot be used.`);
  }
  const settings = parsed.data;
  const direct = settings.DATABASE_DIRECT_URL ? checkedUrl("DATABASE_DIRECT_URL", settings.DATABASE_DIRECT_URL) : null;
  return { app: { connectionString: applicationUrl(settings) }, direct, poolMax: settings.DB_POOL_MAX };
}

function applicationUrl(settings: z.infer<typeof variables>): string {
  if (settings.DATABASE_URL) return checkedUrl("DATABASE_URL", settings.DATABASE_URL).connectionString;
  for (const name of ["DB_HOST", "DB_NAME", "DB_USER"] as const) {
    if (!settings[name]) throw new SettingError(`Set DATABASE_URL, or ${name} with the other DB_ variables.`);
  }
  const user = encodeURIComponent(settings.DB_USER ?? "");
  const password = encodeURIComponent(readPassword(settings));
  const host = settings.DB_HOST ?? "";
  const name = settings.DB_NAME ?? "";
  // pg reads the path with decodeURI, which leaves these as they were encoded.
  if (/[;/?:@&=+$,#]/.test(name)) throw new SettingError("DB_NAME contains a character that it cannot have here.");
  const path = `${user}:${password}@${urlHost(host)}:${settings.DB_PORT}/${encodeURIComponent(name)}`;
  return `postgresql://${path}${host.startsWith("/") ? `?host=${encodeURIComponent(host)}` : ""}`;
}

/** A host as a URL writes it. A folder, for a Unix socket, does not fit there and travels as a parameter. */
function urlHost(host: string): string {
  if (host.startsWith("/")) return "localhost";
  if (isIPv6(host)) return `[${host}]`;
  if (!/^[\w.-]+$/.test(host)) throw new SettingError("DB_HOST is neither a host's name nor an address.");
  return host;
}

function readPassword(settings: z.infer<typeof variables>): string {
  if (!settings.DB_PASSWORD_FILE) return settings.DB_PASSWORD ?? "";
  if (settings.DB_PASSWORD) throw new SettingError("Set DB_PASSWORD or DB_PASSWORD_FILE, not both.");
  try {
    // The newline at the end is the editor's, anything else is the password's.
    return readFileSync(settings.DB_PASSWORD_FILE, "utf8").replace(/\r?\n$/, "");
  } catch {
    throw new SettingError("DB_PASSWORD_FILE names a file that cannot be read.");
  }
}

function checkedUrl(name: string, value: string): ConnectionSettings {
  const encode = "Encode special characters in its password (# is %23, @ is %40, / is %2F), or use the DB_ variables.";
  if (!/^postgres(ql)?:\/\//.test(value)) throw new SettingError(`${name} is not a postgresql:// URL.`);
  // A raw # / or ? ends the password early and yields another valid URL: to a host that is part of the password.
  const tail = value.slice(value.indexOf("://") + 3).replace(/^[^/?#]*/, "");
  if (/[#@]/.test(tail)) throw new SettingError(`${name} cannot be read as a URL. ${encode}`);
  try {
    new pg.Client({ connectionString: value });
  } catch {
    throw new SettingError(`${name} cannot be read as a URL, or names a certificate that cannot be read. ${encode}`);
  }
  return { connectionString: value };
}

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
