import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Stop } from "./stop";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Finds the browser of the tests and names it in CHROMIUM_PATH. Installs Debian's where it may. */
export async function findChromium(say: (line: string) => void): Promise<void> {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) throw new Stop("CHROMIUM_PATH names a program that is not there.");
  const found = given ?? places.find((path) => existsSync(path)) ?? install(say);
  if (!found) {
    throw new Stop("The browser tests need Chromium: install it, or set CHROMIUM_PATH to a Chromium or Chrome.");
  }
  process.env.CHROMIUM_PATH = found;
  say(`${found}, ${spawnSync(found, ["--version"], { encoding: "utf8" }).stdout?.trim() || "version unknown"}`);
}

function install(say: (line: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  say("Installing Chromium with apt-get: a minute or two, once…");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch {
    return undefined;
  }
  return places.find((path) => existsSync(path));
}
