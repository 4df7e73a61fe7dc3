// Shared by the commands that must work on a bare checkout. So it uses only Node's own modules, and syntax that an old
// Node can parse before it is told that it is too old.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".stamp");
const lock = join(root, ".data", "installing");

/**
 * Installs the packages if needed, then runs scripts/NAME.ts with tsx. Sets this process's exit code to the script's.
 */
export async function run(name, args) {
  checkNode();
  process.chdir(root);
  await install();
  // tsx is a loader of this Node, without npx or a wrapper, so that a signal reaches the process that handles it. The
  // condition resolves the package server-only, which guards the modules of lib/, to its empty variant.
  const options = ["--conditions=react-server", "--import", "tsx", join("scripts", `${name}.ts`)];
  process.exitCode = await runNode(options.concat(args));
}

function checkNode() {
  const version = process.versions.node.split(".").map(Number);
  if (version[0] > 20 || (version[0] === 20 && version[1] >= 19)) return;
  console.error(`Contact Desk needs Node 20.19 or newer, and this is Node ${process.versions.node}.`);
  process.exit(1);
}

async function install() {
  const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  do {
    await waitForOther();
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  } while (!takeLock());
  console.log("Installing packages: a minute or two, the first time and after an update…");
  const sign = setInterval(showSign, 5000);
  rmSync(stamp, { force: true });
  // Uses the npm that started us, if any. --include=dev is needed because NODE_ENV=production would skip half of the
  // packages.
  const npm = process.env.npm_execpath || "";
  const options = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = npm.endsWith("npm-cli.js") ? await runNode([npm].concat(options)) : await runProgram("npm", options);
  clearInterval(sign);
  rmSync(lock, { force: true });
  if (code !== 0) {
    console.error("The packages could not be installed: npm ci failed, and says why above.");
    process.exit(code);
  }
  writeFileSync(stamp, wanted);
}

/**
 * Waits while another command installs, because npm ci empties node_modules. A stale lock is recognised by its process
 * id, or by its age if another program has that id by now.
 */
async function waitForOther() {
  for (let told = false; existsSync(lock); told = true) {
    try {
      process.kill(Number(readFileSync(lock, "utf8")), 0);
      if (Date.now() - statSync(lock).mtimeMs > 60000) throw new Error("stale");
    } catch {
      rmSync(lock, { force: true });
      return;
    }
    if (!told) console.log("Waiting for another command to install the packages…");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/**
 * Writes the lock to a temporary file and links it to its final name. So only one of two processes gets it, and it is
 * never seen empty.
 */
function takeLock() {
  const aside = `${lock}.${process.pid}`;
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(aside, String(process.pid));
  try {
    linkSync(aside, lock);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Heartbeat: shows that this process still installs. If the lock was removed there is nothing to do. */
function showSign() {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {}
}

function runNode(args) {
  return runProgram(process.execPath, args);
}

function runProgram(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit" });
    // The child decides when it has cleaned up; this process only passes signals on.
    const handOn = (signal) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, handOn);
    const done = (code) => {
      for (const signal of signals) process.off(signal, handOn);
      resolve(code);
    };
    child.on("error", (error) => {
      console.error(`${program} cannot be run: ${error.message}`);
      done(1);
    });
    child.on("exit", (code, signal) => done(code === null ? (signal === "SIGINT" ? 130 : 1) : code));
  });
}
