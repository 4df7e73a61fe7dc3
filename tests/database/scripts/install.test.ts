import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;

/** A checkout whose packages are installed. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contact-desk-install-"));
  for (const name of ["scripts", "node_modules", ".data"]) mkdirSync(join(folder, name), { recursive: true });
  cpSync("scripts/install.mjs", join(folder, "scripts/install.mjs"));
  writeFileSync(join(folder, "scripts/hello.ts"), 'console.log("hello");');
  symlinkSync(resolve("node_modules/tsx"), join(folder, "node_modules/tsx"));
  writeFileSync(join(folder, "package-lock.json"), "{}");
  writeFileSync(join(folder, "node_modules/.stamp"), createHash("sha256").update("{}").digest("hex"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a killed installation is not waited for when its number belongs to another program by now", () => {
  const lock = join(folder, ".data/installing");
  writeFileSync(lock, String(process.pid));
  utimesSync(lock, new Date(), new Date(Date.now() - 120_000));
  const command = 'import("./scripts/install.mjs").then(({ run }) => run("hello", []))';
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", command], {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  expect(`${stdout}${stderr}`).toBe("hello\n");
  expect(existsSync(lock)).toBe(false);
});
