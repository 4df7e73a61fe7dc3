import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Stop } from "../command/stop";

/** A program that the tests need and npm does not install. */
export type Program = {
  name: string;
  /** The beginning of the sentence that says which tests need it. */
  tests: string;
  /** The environment variable that may name another copy, and that tells the tests which one was found. */
  variable: string;
  /** Its usual paths. */
  paths: string[];
  /** Debian's package. */
  package: string;
  /** It is a library that other programs load, so it cannot be asked for its version. */
  library?: true;
  /**
   * Only this file of the package is needed. It is copied to the last of `paths`, and the package is not installed.
   */
  only?: string;
};

/** The headless build comes first. The tests need no windows, and it opens a page in a third of the time. */
export const chromium: Program = {
  name: "Chromium",
  tests: "The browser tests need",
  variable: "CHROMIUM_PATH",
  paths: [
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  package: "chromium-headless-shell",
};

export const libreOffice: Program = {
  name: "LibreOffice Calc",
  tests: "The tests of exported files need",
  variable: "LIBREOFFICE_PATH",
  paths: [
    "/usr/bin/soffice",
    "/usr/bin/libreoffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
  ],
  package: "libreoffice-calc-nogui",
};

export const openSsl: Program = {
  name: "OpenSSL",
  tests: "The tests of a desk on https need",
  variable: "OPENSSL_PATH",
  paths: ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"],
  package: "openssl",
};

export const nginx: Program = {
  name: "nginx",
  tests: "The tests of a desk behind a proxy need",
  variable: "NGINX_PATH",
  paths: ["/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx", "/usr/local/bin/nginx"],
  package: "nginx-light",
};

export const pgBouncer: Program = {
  name: "PgBouncer",
  tests: "The database tests go through",
  variable: "PGBOUNCER_PATH",
  paths: ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer", "/usr/local/bin/pgbouncer"],
  package: "pgbouncer",
};

export const psql: Program = {
  name: "psql",
  tests: "The tests of a new installation's roles need",
  variable: "PSQL_PATH",
  paths: ["/usr/bin/psql", "/opt/homebrew/bin/psql", "/usr/local/bin/psql"],
  package: "postgresql-client",
};

export const pgDump: Program = {
  name: "pg_dump",
  tests: "The tests of backups need",
  variable: "PG_DUMP_PATH",
  paths: [
    ...[15, 16, 17, 18].map((major) => `/usr/lib/postgresql/${major}/bin/pg_dump`),
    "/usr/bin/pg_dump",
    "/opt/homebrew/bin/pg_dump",
    "/usr/local/bin/pg_dump",
  ],
  package: "postgresql-client",
};

/** A preloaded library that makes a program see another time. */
export const fakeTime: Program = {
  name: "libfaketime",
  tests: "The tests of a server whose clock is wrong need",
  variable: "FAKETIME_PATH",
  paths: [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib64/faketime/libfaketime.so.1",
    "/opt/homebrew/lib/faketime/libfaketime.1.dylib",
  ],
  package: "libfaketime",
  library: true,
};

/** Only the file, because the package would start Prometheus now and at every boot. */
export const promtool: Program = {
  name: "promtool",
  tests: "The tests of alerts need",
  variable: "PROMTOOL_PATH",
  paths: [
    "/usr/bin/promtool",
    "/usr/local/bin/promtool",
    "/opt/homebrew/bin/promtool",
    "/usr/local/lib/contact-desk/promtool",
  ],
  package: "prometheus",
  only: "usr/bin/promtool",
};

/** Only the file, as for promtool. */
export const prometheus: Program = {
  name: "Prometheus",
  tests: "The tests of what Prometheus reads of a desk need",
  variable: "PROMETHEUS_PATH",
  paths: [
    "/usr/bin/prometheus",
    "/usr/local/bin/prometheus",
    "/opt/homebrew/bin/prometheus",
    "/usr/local/lib/contact-desk/prometheus",
  ],
  package: "prometheus",
  only: "usr/bin/prometheus",
};

/**
 * Finds a program and puts its path into its variable. If it is missing and root runs this, apt-get installs it.
 * @throws Stop with one sentence that says what to install
 */
export async function findProgram(program: Program, say: (line: string) => void): Promise<void> {
  const { name, tests, variable, paths, library } = program;
  const given = process.env[variable];
  if (given && !existsSync(given)) throw new Stop(`${variable} names a program that is not there.`);
  const found = given ?? findPath(paths) ?? install(program, say);
  if (!found) throw new Stop(`${tests} ${name}: install it, or set ${variable} to where it is.`);
  process.env[variable] = found;
  if (library) return say(found);
  const { stdout } = spawnSync(found, ["--version"], { encoding: "utf8", timeout: 60_000 });
  say(`${found}, ${stdout?.trim().split("\n", 1)[0] || "version unknown"}`);
}

function findPath(paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

function install({ name, package: wanted, paths, only }: Program, say: (line: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  say(`Installing ${name} with apt-get: a minute or two, once…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Waits for another running apt-get, five minutes at most.
  const patient = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
  const aptGet = (args: string[], cwd?: string) =>
    execFileSync("apt-get", [...patient, ...args], { env, cwd, stdio: ["ignore", "ignore", "inherit"] });
  try {
    aptGet(["update"]);
    if (only) takeOut(only, paths.at(-1) ?? "", (folder) => aptGet(["download", wanted], folder));
    else aptGet(["install", "-y", "--no-install-recommends", wanted]);
  } catch {
    return undefined;
  }
  return findPath(paths);
}

/** Copies one file of a package to its path. @param download puts the package into a folder */
function takeOut(file: string, path: string, download: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-package-"));
  try {
    // apt-get downloads as a separate user.
    chmodSync(folder, 0o777);
    download(folder);
    const [archive = ""] = readdirSync(folder);
    execFileSync("dpkg-deb", ["--extract", archive, "content"], { cwd: folder });
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(folder, "content", file), path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
