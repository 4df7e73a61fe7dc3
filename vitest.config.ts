import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const serverOnly = fileURLToPath(new URL("tests/server-only.ts", import.meta.url));

/**
 * Milliseconds, long enough for a busy machine: properties are tried with hundreds of inputs, and what is polled for
 * comes when it comes. A test that can never pass still ends.
 */
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({
  resolve: { tsconfigPaths: true, alias: { "server-only": serverOnly } },
  test: {
    projects: [
      {
        extends: true,
        // An unusual zone, so that code which forgets about time zones fails.
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          env: { TZ: "Asia/Kathmandu" },
          ...patience,
          // By itself it leaves one processor to whoever watches: of two, half.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["tests/database/**/*.test.ts"],
          globalSetup: ["tests/database/server.ts"],
          setupFiles: ["tests/database/own-database.ts"],
          pool: "forks",
          maxWorkers: 2,
          ...patience,
        },
      },
    ],
  },
});
