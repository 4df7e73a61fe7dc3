import { isIPv6 } from "node:net";
import pg from "pg";
import { type Environment, readSettings, SettingError } from "@/lib/settings/settings";

/** How to reach one database. The DB_ variables of the existing deployment are turned into a URL. */
export type ConnectionSettings = { connectionString: string };

export type DatabaseSettings = {
  /** The application's role: no DDL. Goes through PgBouncer where there is one. */
  app: ConnectionSettings;
  /** The owner's role on a direct connection, for migrations. Null where DATABASE_DIRECT_URL is not set. */
  direct: ConnectionSettings | null;
  /** A replica, for reads that may be a moment old. Null without one. */
  replica: ConnectionSettings | null;
  /** Connections this server may hold; docs/operations.md has the rule for it. */
  poolMax: number;
};

const names = [
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "DATABASE_REPLICA_URL",
  "DB_HOST",
  "DB_PORT",
  "DB_NAME",
  "DB_USER",
  "DB_PASSWORD",
  "DB_POOL_MAX",
] as const;

type Variables = ReturnType<typeof readSettings<typeof names>>;

/**
 * Reads the database's settings from environment variables.
 * @throws SettingError when one is missing or malformed.
 */
export function readDatabaseSettings(env: Environment = process.env): DatabaseSettings {
  const settings = readSettings(names, env);
  const given = (name: "DATABASE_DIRECT_URL" | "DATABASE_REPLICA_URL") =>
    settings[name] ? checkedUrl(name, settings[name]) : null;
  return {
    app: { connectionString: applicationUrl(settings) },
    direct: given("DATABASE_DIRECT_URL"),
    replica: given("DATABASE_REPLICA_URL"),
    poolMax: settings.DB_POOL_MAX,
  };
}

function applicationUrl(settings: Variables): string {
  if (settings.DATABASE_URL) return checkedUrl("DATABASE_URL", settings.DATABASE_URL).connectionString;
  for (const name of ["DB_HOST", "DB_NAME", "DB_USER"] as const) {
    if (!settings[name]) throw new SettingError(`Set DATABASE_URL, or ${name} with the other DB_ variables.`);
  }
  const user = encodeURIComponent(settings.DB_USER ?? "");
  const password = encodeURIComponent(settings.DB_PASSWORD ?? "");
  const host = settings.DB_HOST ?? "";
  const name = settings.DB_NAME ?? "";
  // pg decodes the path with decodeURI, which leaves these characters encoded.
  if (/[;/?:@&=+$,#]/.test(name)) throw new SettingError("DB_NAME contains a character that it cannot have here.");
  const path = `${user}:${password}@${urlHost(host)}:${settings.DB_PORT}/${encodeURIComponent(name)}`;
  return `postgresql://${path}${host.startsWith("/") ? `?host=${encodeURIComponent(host)}` : ""}`;
}

/** A host in the form of a URL. The folder of a Unix socket does not fit there, so it becomes a parameter. */
function urlHost(host: string): string {
  if (host.startsWith("/")) return "localhost";
  if (isIPv6(host)) return `[${host}]`;
  if (!/^[\w.-]+$/.test(host)) throw new SettingError("DB_HOST is neither a host's name nor an address.");
  return host;
}

function checkedUrl(name: string, value: string): ConnectionSettings {
  const encode = "Encode special characters in its password (# is %23, @ is %40, / is %2F), or use the DB_ variables.";
  // An unencoded #, / or ? in the password ends it early. The URL stays valid, but its host is part of the password.
  const tail = value.slice(value.indexOf("://") + 3).replace(/^[^/?#]*/, "");
  if (/[#@]/.test(tail)) throw new SettingError(`${name} cannot be read as a URL. ${encode}`);
  try {
    new pg.Client({ connectionString: value });
  } catch {
    throw new SettingError(`${name} cannot be read as a URL, or names a certificate that cannot be read. ${encode}`);
  }
  return { connectionString: value };
}
