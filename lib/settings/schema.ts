import { z } from "zod";
import {
  addresses,
  consent,
  databaseUrl,
  domains,
  guardedAddress,
  listenHost,
  pairs,
  proxies,
  schedule,
  secretText,
  text,
  webAddress,
  wholeNumber,
} from "./kinds";

/** What the documentation says about a variable. */
export type SettingFacts = {
  /** The meaning, as in the table of docs/operations.md. */
  means: string;
  /** What applies when it is not set, as in the same table. */
  without: string;
  /** Never logged or printed, and also read from the file that NAME_FILE names. */
  secret: boolean;
  /** `desk`: for running an installation. `work`: for building and testing the desk. */
  audience: "desk" | "work";
};

/** The facts of each schema, for printing them. */
export const settingFacts = z.registry<SettingFacts>();

function plain<S extends z.ZodType>(schema: S, means: string, without = ""): S {
  settingFacts.add(schema, { means, without, secret: false, audience: "desk" });
  return schema;
}

function secret<S extends z.ZodType>(schema: S, means: string, without = ""): S {
  settingFacts.add(schema, { means, without, secret: true, audience: "desk" });
  return schema;
}

function forWork<S extends z.ZodType>(schema: S, means: string, without = ""): S {
  settingFacts.add(schema, { means, without, secret: false, audience: "work" });
  return schema;
}

/**
 * Every environment variable that Contact Desk reads: its values, its meaning, its default, and whether it is a secret.
 * A test compares docs/operations.md, README.md and .env.example with it. To add a variable, add it here and read it
 * with `readSetting` (lib/settings/settings.ts).
 */
export const settingsSchema = z.strictObject({
  DATABASE_URL: secret(
    databaseUrl.optional(),
    "the application's way in; may go through PgBouncer in transaction mode",
    "`DB_…`, else the built-in PostgreSQL",
  ),
  DATABASE_DIRECT_URL: secret(
    databaseUrl.optional(),
    "the owner, straight to the server and not through a pooler, for migrations",
    "migrations run as the application's role",
  ),
  DATABASE_REPLICA_URL: secret(
    databaseUrl.optional(),
    "a streaming replica, with the application's role and the same database: charts, exports, exact counts and facets are read there; may go through PgBouncer in transaction mode. Every server of the desk gets it, or none",
    "all is read from the primary",
  ),
  DB_HOST: plain(text.optional(), "the parts of `DATABASE_URL`, where nothing needs encoding: the host"),
  DB_PORT: plain(wholeNumber(1, 65_535).default(5432), "the port", "5432"),
  DB_NAME: plain(text.optional(), "the database"),
  DB_USER: plain(text.optional(), "the application's role"),
  DB_PASSWORD: secret(text.optional(), "its password"),
  DB_POOL_MAX: plain(
    wholeNumber(1, 100).default(10),
    "connections this server may hold: about (cores × 2) + disks of the database server, over all servers; servers × (this + 2) must stay below `max_connections`, and below the replica's",
    "10",
  ),
  ADOPT: plain(consent.default("no"), "`yes` adopts a database with tables of others", "asked, or refused"),

  PORT: plain(wholeNumber(1, 65_535).default(3000), "where it listens", "3000"),
  HOST: plain(
    listenHost.optional(),
    "the address it listens on; `0.0.0.0` is all",
    "this machine alone with the built-in database, all with yours",
  ),
  WEB_CONCURRENCY: plain(
    wholeNumber(1, 64).optional(),
    "processes that answer on the port; they share `DB_POOL_MAX`",
    "the cores, at most 4",
  ),
  NEXTAUTH_URL: plain(
    webAddress("https://desk.example").optional(),
    "the address people use; with https cookies are Secure, and browsers are told to stay on https",
    "`http://localhost:PORT`",
  ),
  NEXTAUTH_SECRET: secret(
    secretText(32, "is too short: give it at least 32 random characters").optional(),
    "seals the sign-in cookies, at least 32 characters; several servers need the same. It also seals device cookies: a new one makes every browser a stranger",
    "`npm start` makes one and keeps it in `.data/secret`; a package needs it",
  ),
  AUTH_SECRET: secret(
    secretText(32, "is too short: give it at least 32 random characters").optional(),
    "another name for `NEXTAUTH_SECRET`",
  ),
  TRUST_PROXY: plain(
    proxies.default(0),
    "how many proxies of yours stand in front; only then is `X-Forwarded-For` believed. Behind a proxy without it everybody shares one address: its 40 failed sign-ins in 15 minutes and its share of the server",
    "not believed",
  ),

  S3_ENDPOINT: plain(
    webAddress("https://s3.example").optional(),
    "the S3-compatible store of the documents",
    "AWS, where `S3_REGION` is set",
  ),
  S3_REGION: plain(text.optional(), "its region", "`us-east-1` where `S3_ENDPOINT` is set"),
  S3_ACCESS_KEY_ID: plain(text.optional(), "the key the desk reads with, and deletes with where a person is forgotten"),
  S3_SECRET_ACCESS_KEY: secret(text.optional(), "its secret half"),
  DOCUMENTS_DIR: plain(text.optional(), "a folder of documents", "`.data/documents` on the built-in database"),

  BACKUP_DIR: plain(
    text.optional(),
    "a folder where backups are kept; [backups.md](backups.md) says how they are made and restored",
    "no backups, unless `BACKUP_S3_BUCKET` is set",
  ),
  BACKUP_S3_BUCKET: plain(
    text.optional(),
    "a bucket where backups are kept, in the store that the `S3_` settings name",
  ),
  BACKUP_S3_PREFIX: plain(text.default("backups/"), "what their names begin with there", "`backups/`"),
  BACKUP_KEY_FILE: plain(
    text.optional(),
    "a file with a key of age (`age-keygen`) that backups are sealed with. Keep a copy elsewhere: without it they are lost",
    "backups are not sealed",
  ),
  BACKUP_DATABASE_URL: secret(
    databaseUrl.optional(),
    "a role that may read everything, straight to the server and not through a pooler, for backups",
    "`DATABASE_DIRECT_URL`, else the application's",
  ),
  BACKUP_CHECK_URL: secret(
    databaseUrl.optional(),
    "a role that may create databases, on this server or another, where each backup is restored to prove it",
    "`BACKUP_DATABASE_URL` or what stands for it",
  ),
  BACKUP_SCHEDULE: plain(
    schedule.default("0 */6 * * *"),
    "when, as cron writes it, in UTC; `off` is never",
    "every six hours",
  ),
  BACKUP_CHECK: plain(
    z.enum(["each", "daily"], { error: "must be each or daily" }).default("each"),
    "`each` backup is proved by restoring it, or one `daily`",
    "each",
  ),
  BACKUP_KEEP_LAST: plain(wholeNumber(1, 1_000).default(8), "how many of the latest backups are kept", "8"),
  BACKUP_KEEP_DAILY: plain(wholeNumber(0, 1_000).default(7), "of how many days the last one is kept, too", "7"),
  BACKUP_KEEP_WEEKLY: plain(wholeNumber(0, 1_000).default(5), "of how many weeks", "5"),
  BACKUP_KEEP_MONTHLY: plain(wholeNumber(0, 1_000).default(12), "of how many months", "12"),
  PG_DUMP_PATH: plain(
    text.optional(),
    "`pg_dump` of the server's major version; `pg_restore` stands beside it",
    "looked for where systems have it",
  ),

  OIDC_ISSUER: plain(
    guardedAddress("https://login.example").optional(),
    "the company's single sign-on: its OpenID Connect issuer. Needs `NEXTAUTH_URL`; [security.md](security.md#single-sign-on) says how to set it up",
    "people sign in with passwords",
  ),
  OIDC_CLIENT_ID: plain(text.optional(), "the desk's name at the issuer"),
  OIDC_CLIENT_SECRET: secret(text.optional(), "the desk's password at the issuer"),
  OIDC_NAME: plain(
    text.max(40, "must have at most 40 characters").default("your company account"),
    "what people call it, on the button: “Sign in with …”",
    "your company account",
  ),
  OIDC_ROLE_CLAIM: plain(
    text.optional(),
    "the claim of the ID token that holds a person's groups or roles: its name, or a path such as `realm_access.roles`",
    "newcomers are agents, and admins give the roles",
  ),
  OIDC_ROLES: plain(
    pairs(["agent", "manager", "admin"]).optional(),
    "which of its values give which role: `desk-admins=admin; desk-agents=agent`. The highest counts; who has none stays out",
    "needed with `OIDC_ROLE_CLAIM`",
  ),
  OIDC_DOMAINS: plain(
    domains.default([]),
    "mail domains whose people may come in without having been added: `example.com, example.org`",
    "only people that an admin has added",
  ),
  OIDC_ONLY: plain(consent.default("no"), "`yes` takes no passwords any more, but to confirm a first sign-in", "no"),

  METRICS_TOKEN: secret(
    secretText(16, "is too short: give it at least 16 random characters").optional(),
    "opens `/api/metrics` to whoever sends it as `Authorization: Bearer …`, at least 16 characters",
    "`/api/metrics` is not there",
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: plain(
    webAddress("http://collector.example:4318").optional(),
    "where traces are sent, by OTLP over HTTP",
    "none are made",
  ),

  NEXT_DIST_DIR: forWork(text.default(".next"), "the folder of the build", "`.next`"),
  SAMPLE_SIGN_INS: forWork(
    addresses.default([]),
    "set by `npm start` on the built-in database: the sample people who still have the sample's password, whom the sign-in page names",
    "nobody is named",
  ),
  CHROMIUM_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  LIBREOFFICE_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  OPENSSL_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  NGINX_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  PSQL_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  PGBOUNCER_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  PROMTOOL_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  PROMETHEUS_PATH: forWork(text.optional(), "a program for the tests", "looked for, else installed by root"),
  FAKETIME_PATH: forWork(text.optional(), "a library for the tests", "looked for, else installed by root"),
});

/** Every setting's value, validated. */
export type Settings = z.output<typeof settingsSchema>;

/** The name of a setting. Names that end in _FILE are not included. */
export type SettingName = keyof Settings;

/** All names, in the order of the table. */
export const settingNames = Object.keys(settingsSchema.shape) as SettingName[];

/** The facts about a setting, apart from its values. */
export function getSettingFacts(name: SettingName): SettingFacts {
  const facts = settingFacts.get(settingsSchema.shape[name]);
  if (!facts) throw new Error(`${name} has no description.`);
  return facts;
}

/** The variable that may name a file holding the secret; null if the setting is not a secret. */
export function fileVariable(name: SettingName): string | null {
  return getSettingFacts(name).secret ? `${name}_FILE` : null;
}
