import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
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
  const url = new URL("postgresql://host");
  url.hostname = settings.DB_HOST ?? "";
  url.port = String(settings.DB_PORT);
  url.pathname = `/${encodeURIComponent(settings.DB_NAME ?? "")}`;
  url.username = encodeURIComponent(settings.DB_USER ?? "");
  url.password = encodeURIComponent(readPassword(settings));
  return url.toString();
}

function readPassword(settings: z.infer<typeof variables>): string {
  if (!settings.DB_PASSWORD_FILE) return settings.DB_PASSWORD ?? "";
  try {
    return readFileSync(settings.DB_PASSWORD_FILE, "utf8").replace(/\r?\n$/, "");
  } catch {
    throw new SettingError("DB_PASSWORD_FILE names a file that cannot be read.");
  }
}

function checkedUrl(name: string, value: string): ConnectionSettings {
  const valid = URL.canParse(value) && ["postgres:", "postgresql:"].includes(new URL(value).protocol);
  if (!valid) throw new SettingError(`${name} is not a postgresql:// URL. Encode special characters in its password.`);
  return { connectionString: value };
}

/**
 * Puts the variables of `.env` into the environment, where they are not set already.
 * Read here, before Next does: Next's own reader expands `$` even inside quotes and so destroys passwords.
 */
export function loadEnvironmentFile(path = ".env"): void {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return;
  }
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}
