import { existsSync } from "node:fs";
import { defineConfig } from "playwright/test";
import { chromium } from "./scripts/checks/programs";

const executablePath = process.env.CHROMIUM_PATH || chromium.paths.find(existsSync);

/** Hold up the database, or take the processors: these run when all others have, one after the other. */
const alone = ["too-broad", "pool-busy", "strangers", "sign-in-attack", "fair"];

export default defineConfig({
  testDir: "tests/browser",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./tests/browser/server.ts",
  fullyParallel: false,
  workers: 2,
  projects: [
    { name: "beside each other", testIgnore: alone.map((file) => `**/${file}.spec.ts`) },
    ...alone.map((file, at) => ({
      name: file,
      testMatch: `**/${file}.spec.ts`,
      dependencies: [alone[at - 1] ?? "beside each other"],
    })),
  ],
  retries: 0,
  forbidOnly: true,
  // Long enough for a busy machine; a test that cannot pass still ends.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL: process.env.BASE_URL,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        // Some tests have https with a certificate of their own. With `ignoreHTTPSErrors` alone the browser refuses it at each
        // new connection and tries once more.
        "--ignore-certificate-errors",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    trace: "off",
    screenshot: "only-on-failure",
  },
});
