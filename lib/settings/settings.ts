import { readFileSync } from "node:fs";
import { fileVariable, type SettingName, type Settings, settingNames, settingsSchema } from "./schema";

/** A wrong or missing setting. The message names the variable and never repeats its value. */
export class SettingError extends Error {
  override name = "SettingError";
}

/** Environment variables: the process's own, or a test's. */
export type Environment = Record<string, string | undefined>;

/**
 * Reads and validates one setting, from its variable or, for a secret, from the file that NAME_FILE names. It is cheap
 * enough for every request. An empty variable counts as not set.
 * @throws SettingError if its value cannot be used
 */
export function readSetting<N extends SettingName>(name: N, env: Environment = process.env): Settings[N] {
  const { value, source } = given(name, env);
  const parsed = settingsSchema.shape[name].safeParse(value);
  if (parsed.success) return parsed.data as Settings[N];
  throw new SettingError(`${source} ${parsed.error.issues[0]?.message ?? "has a value that cannot be used"}.`);
}

/**
 * Reads several settings.
 * @throws SettingError for the first whose value cannot be used
 */
export function readSettings<const N extends readonly SettingName[]>(
  names: N,
  env: Environment = process.env,
): Pick<Settings, N[number]> {
  return Object.fromEntries(names.map((name) => [name, readSetting(name, env)])) as Pick<Settings, N[number]>;
}

/**
 * Reads every setting once, so that a wrong one is reported at the start and not by the first page that needs it.
 * @throws SettingError for the first whose value cannot be used
 */
export function checkSettings(env: Environment = process.env): void {
  readSettings(settingNames, env);
}

/** Sets a setting for this process and its children, and unsets its _FILE variable, which would contradict it. */
export function setSetting(name: SettingName, value: string): void {
  process.env[name] = value;
  const file = fileVariable(name);
  if (file) delete process.env[file];
}

/** Whether a setting has a value, in its variable or through a file. */
export function isGiven(name: SettingName, env: Environment = process.env): boolean {
  return Boolean(env[name] || env[fileVariable(name) ?? ""]);
}

/** Every variable that may be set, including the _FILE variable of each secret. */
export function listVariables(): string[] {
  return settingNames.flatMap((name) => [name, fileVariable(name)].filter((variable) => variable !== null));
}

/** Variables that look like our settings but are unknown; without this, a typo goes unnoticed. */
export function listUnknown(env: Environment = process.env): string[] {
  const ours = /^(DB|DATABASE|S3|NEXTAUTH|AUTH|OIDC|METRICS|BACKUP)_/;
  const known = new Set(listVariables());
  return Object.keys(env).filter((name) => ours.test(name) && !known.has(name));
}

function given(name: SettingName, env: Environment): { value: string | undefined; source: string } {
  const file = fileVariable(name);
  const path = file ? env[file] : undefined;
  if (!file || !path) return { value: env[name] || undefined, source: name };
  if (env[name]) throw new SettingError(`Set ${name} or ${file}, not both.`);
  return { value: readSecretFile(file, path), source: file };
}

/** Secrets by path. Each file is read once, because requests need it and the process may lose access to it. */
const secrets = new Map<string, string>();

function readSecretFile(variable: string, path: string): string | undefined {
  const known = secrets.get(path);
  if (known !== undefined) return known;
  try {
    // Only the newline at the end is removed, because an editor added it. The inline comment is for the build: without
    // it, every file of the project is treated as part of the server.
    const secret = readFileSync(/* turbopackIgnore: true */ path, "utf8").replace(/\r?\n$/, "");
    if (secret) secrets.set(path, secret);
    return secret || undefined;
  } catch {
    throw new SettingError(`${variable} names a file that cannot be read.`);
  }
}
