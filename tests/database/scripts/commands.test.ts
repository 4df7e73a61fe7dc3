import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, inject, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "contact-desk-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a script as npm start would, up to where it stops, in a folder where no desk runs. */
function start(env: Record<string, string>, before: string[] = [], script = "scripts/serve.ts") {
  const loader = script.endsWith(".ts") ? ["--conditions=react-server", "--import", import.meta.resolve("tsx")] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, ...loader, resolve(script)], {
    encoding: "utf8",
    cwd: folder,
    env: {
      TSX_TSCONFIG_PATH: resolve("tsconfig.json"),
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NEXTAUTH_SECRET: "x".repeat(32),
      ...env,
    },
  });
  return { status, lines: `${stdout}${stderr}`.trim().split("\n") };
}

test("an old Node is told so, by the commands that must run on it", () => {
  const pretend = "data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.18.3'}})";
  for (const script of ["scripts/start.mjs", "scripts/test.mjs", "scripts/run.mjs"]) {
    expect(start({}, ["--import", pretend], script)).toEqual({
      status: 1,
      lines: ["Contact Desk needs Node 20.19 or newer, and this is Node 20.18.3."],
    });
  }
});

test("npm hands its signals to every command itself, not to a shell that would keep them", () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const script of Object.values(scripts)) expect(script).toMatch(/^exec node /);
});

test("a taken port is one sentence", async () => {
  const server = createServer();
  const port = await new Promise<number>((listening) => {
    server.listen(0, () => listening((server.address() as { port: number }).port));
  });
  const { status, lines } = start({ PORT: String(port), DATABASE_URL: "postgresql://a:b@127.0.0.1:1/c" });
  expect({ status, lines }).toEqual({
    status: 1,
    lines: [`Port ${port} is taken by another program: set PORT to a free one.`],
  });
  await new Promise((closed) => server.close(closed));
});

test.each([
  ["a port that is none", { PORT: "http" }, "PORT must be a number from 1 to 65535."],
  [
    "a host with a port",
    { HOST: "127.0.0.1:3000" },
    "HOST must be an address or a name of this machine, such as 0.0.0.0, without a port.",
  ],
  [
    "a host that is another machine",
    { HOST: "192.0.2.7" },
    "HOST is not an address or name of this machine: use 127.0.0.1 for this machine only, 0.0.0.0 for all.",
  ],
  [
    "a secret that is too short",
    { NEXTAUTH_SECRET: "Sample77" },
    "NEXTAUTH_SECRET is too short: give it at least 32 random characters.",
  ],
  [
    "an address without its scheme",
    { NEXTAUTH_URL: "desk.example" },
    "NEXTAUTH_URL must be a whole address, such as https://desk.example.",
  ],
  ["parts of a database", { DB_HOST: "127.0.0.1" }, "Set DATABASE_URL, or DB_NAME with the other DB_ variables."],
  [
    "only the owner's way in",
    { DATABASE_DIRECT_URL: "postgresql://a:Sample77@h/d" },
    "Set DATABASE_URL, or DB_HOST with the other DB_ variables.",
  ],
  [
    "an unreachable database",
    { DATABASE_URL: "postgresql://a:Sample77@127.0.0.1:1/c" },
    "Cannot reach the database that DATABASE_URL names: nothing is listening on that host and port.",
  ],
])("%s is one sentence, and nothing is invented instead", (_what, env, sentence) => {
  expect(start({ PORT: "45999", ...env })).toEqual({ status: 1, lines: [sentence] });
});

test("a wrong password is one sentence without the password", () => {
  const url = (password: string) =>
    `postgresql://desk_app:${password}@127.0.0.1:${inject("server").port}/template_desk`;
  expect(start({ PORT: "45999", DATABASE_URL: url("Sample77") })).toEqual({
    status: 1,
    lines: ["The database refused the user or the password in DATABASE_URL."],
  });
});
