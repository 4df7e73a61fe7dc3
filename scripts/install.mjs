// Shared by the commands that must work on a bare checkout: only Node's own modules, and syntax that an old Node
// can still parse, so that it can be told what is wrong.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".stamp");
const lock = join(root, ".data", "installing");

/** Installs the packages if need be, then runs scripts/NAME.ts with tsx. Ends this process with its exit code. */
export async function run(name, args) {
  checkNode();
  process.chdir(root);
  await install();
  // tsx as a loader of this Node, without npx or a wrapper between: a signal reaches the one process that acts on it.
  // The condition makes the package server-only, which guards the modules of lib/, resolve to its empty half.
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
  // The npm that runs us, where it does; --include=dev because NODE_ENV=production would leave half of it out.
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
 * Two commands on a fresh checkout: the second waits for the first, since npm ci empties node_modules. The lock of one
 * that was killed is told by its number, or, where that belongs to another program by now, by its age.
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

/** Written aside and then given its name: of two that come at once one has it, and it is never seen empty. */
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

/** That this process still installs; whoever took its lock away has no use for it. */
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
    // The child decides when it has cleaned up; this process only hands on what it was told.
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
