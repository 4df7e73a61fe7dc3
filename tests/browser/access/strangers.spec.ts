import { type ChildProcess, execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { httpLimits } from "@/lib/server/http/http-limits";
import { findFreePort } from "@/scripts/command/processes";
import { actions, entries, listBuiltActions } from "../access-table";
import { startApplication } from "../server";
import { createStaff, removeStaff, signInCookie } from "../sign-in";
import { expect, test } from "../test";

// What somebody without an account can do to the server: requests that no browser sends, on a server of this file's
// own.
let application: ChildProcess;
let port: number;
let base: string;

test.beforeAll(async () => {
  port = await findFreePort();
  base = `http://127.0.0.1:${port}`;
  application = await startApplication(port, { NEXTAUTH_URL: base });
});

test.afterAll(() => application.kill("SIGKILL"));

/** Sends bytes and gives what came back until the server closed, or 1.5 s after the last byte of an answer. */
function send(bytes: string | Buffer, { hold = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ port, host: "127.0.0.1" });
    let answer = "";
    const done = () => {
      if (!hold) socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      answer += chunk;
      if (/\r\n\r\n/.test(answer)) setImmediate(done);
    });
    socket.on("error", done);
    socket.on("close", done);
  });
}

/** Opens a connection, sends a beginning and nothing more; resolves when the server has closed it. */
function hang(bytes: string): Promise<void> {
  return new Promise((closed) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(bytes));
    socket.on("error", () => undefined);
    socket.on("close", () => closed());
    socket.resume();
  });
}

const host = () => `Host: 127.0.0.1:${port}\r\n`;
const nested = "[".repeat(900_000);

/** One of each kind; none may be answered with a server error. */
function oddRequests(): Record<string, string> {
  const [action] = listBuiltActions();
  const call = (headers: string, body: string) =>
    `POST /contacts HTTP/1.1\r\n${host()}Next-Action: ${action?.id}\r\nContent-Type: text/plain\r\n${headers}\r\n${body}`;
  const own = `Origin: ${base}\r\n`;
  return {
    upgrade: `GET /nothing HTTP/1.1\r\n${host()}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    "upgrade of a page": `GET /sign-in HTTP/1.1\r\n${host()}Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n`,
    "upgrade with a key": `GET /_next/webpack-hmr HTTP/1.1\r\n${host()}Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    connect: `CONNECT evil.example:443 HTTP/1.1\r\n${host()}\r\n`,
    trace: `TRACE /contacts HTTP/1.1\r\n${host()}\r\n`,
    options: `OPTIONS * HTTP/1.1\r\n${host()}\r\n`,
    "another method": `PROPFIND /contacts HTTP/1.1\r\n${host()}\r\n`,
    "absolute target": `GET http://evil.example/contacts HTTP/1.1\r\n${host()}\r\n`,
    http2: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no host": "GET /contacts HTTP/1.1\r\n\r\n",
    http10: "GET /contacts HTTP/1.0\r\n\r\n",
    "bad line": "HELLO\r\n\r\n",
    "large head": `GET / HTTP/1.1\r\n${host()}X: ${"x".repeat(20_000)}\r\n\r\n`,
    "many lines": `GET / HTTP/1.1\r\n${host()}${"X: 1\r\n".repeat(1_500)}\r\n`,
    "two lengths": `POST /contacts HTTP/1.1\r\n${host()}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    "length and chunks": `POST /contacts HTTP/1.1\r\n${host()}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "bad chunk": `POST /contacts HTTP/1.1\r\n${host()}${own}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    expect: call(`${own}Expect: 100-continue\r\nContent-Length: 100000000\r\n`, ""),
    "expect more": call(`${own}Expect: 200-ok\r\nContent-Length: 5\r\n`, ""),
    "nested body": call(`${own}Content-Length: 900000\r\n`, nested),
    "endless body": call(`${own}Transfer-Encoding: chunked\r\n`, "10\r\n0123456789abcdef\r\n"),
    reference: call(`${own}Content-Length: 6\r\n`, '["$1"]'),
    "unknown action": `POST / HTTP/1.1\r\n${host()}${own}Next-Action: ${"0".repeat(42)}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]`,
    form: `POST /account HTTP/1.1\r\n${host()}${own}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\n--x`,
    "sign-in of a megabyte": `POST /api/auth/callback/credentials HTTP/1.1\r\n${host()}${own}Content-Length: 1000000\r\n\r\n${"a".repeat(100_000)}`,
  };
}

const descriptors = () => readdirSync(`/proc/${application.pid}/fd`).length;
const resident = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${application.pid}/status`, "utf8"))?.[1]) / 1024;
/** Seconds of processor time the server has used. */
function processorTime(): number {
  const fields = readFileSync(`/proc/${application.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
}

test("each odd request has a plain answer or its connection closed", async () => {
  for (const [name, bytes] of Object.entries(oddRequests())) {
    const answer = await send(bytes);
    expect(answer, name).not.toMatch(/^HTTP\/1\.1 5\d\d/);
    expect(answer, name).not.toMatch(/ at .*\.js|Error:/);
    if (/upgrade/.test(name)) expect(answer, name).toMatch(/^HTTP\/1\.1 (200|307|404)/);
    if (/body|expect$|reference|action|form/.test(name)) expect(answer, name).toMatch(/^HTTP\/1\.1 401/);
  }
});

test("after 10,000 odd requests the server has what it had before, answers meanwhile, and stops when told", async () => {
  test.setTimeout(300_000);
  const kinds = Object.values(oddRequests());
  // A server that has just started has not yet allocated its working memory.
  const attack = (times: number) => {
    let left = times;
    return Promise.all(
      Array.from({ length: 40 }, async () => {
        while (left-- > 0) await send(kinds[left % kinds.length] ?? "");
      }),
    );
  };
  await attack(2_000);
  const before = { descriptors: descriptors(), resident: resident() };

  const began = Date.now();
  // Half-open ones first: the server's timeouts close them while everything else runs.
  const halfOpen = [
    ...Array.from({ length: 300 }, () => hang("")),
    ...Array.from({ length: 300 }, () => hang("GET / HTTP/1.1\r\nHost: x")),
    ...Array.from({ length: 200 }, () =>
      hang(`POST /api/auth/callback/credentials HTTP/1.1\r\n${host()}Origin: ${base}\r\nContent-Length: 900\r\n\r\na`),
    ),
  ];
  const health: number[] = [];
  let attacking = true;
  const watching = (async () => {
    while (attacking) {
      const asked = performance.now();
      const answer = await fetch(`${base}/api/health`);
      expect(answer.status).toBe(200);
      health.push(performance.now() - asked);
      await pause(20);
    }
  })();
  await attack(10_000 - halfOpen.length);
  await Promise.all(halfOpen);
  attacking = false;
  await watching;

  await expect.poll(descriptors, { timeout: 60_000 }).toBeLessThanOrEqual(before.descriptors + 5);
  health.sort((a, b) => a - b);
  const at = (part: number) => health[Math.floor(health.length * part)]?.toFixed(1);
  console.log(
    `10,000 odd requests in ${((Date.now() - began) / 1000).toFixed(1)} s: descriptors ${before.descriptors} to ${descriptors()}, ` +
      `memory ${before.resident.toFixed(0)} to ${resident().toFixed(0)} MB, health p50 ${at(0.5)} p95 ${at(0.95)} ms worst ${at(0.999)} ms`,
  );
  // The heap varies by about 100 MB; 10,000 bodies that were kept would be gigabytes.
  expect(resident() - before.resident).toBeLessThan(200);

  const stopped = new Promise<number | null>((exit) => application.once("exit", (code) => exit(code)));
  void hang("GET / HTTP/1.1\r\nHost: x");
  application.kill("SIGTERM");
  expect(await stopped).toBe(0);
  application = await startApplication(port, { NEXTAUTH_URL: base });
});

test("one address has a bounded number of connections, and others are served beside it", async () => {
  const open: Socket[] = [];
  let refused = 0;
  const connecting = Array.from({ length: httpLimits.connectionsOfAddress + 50 }, () => {
    const socket = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.9" });
    socket.on("error", () => undefined).on("close", () => refused++);
    open.push(socket);
    return new Promise<void>((done) => socket.once("connect", () => done()).once("close", () => done()));
  });
  await Promise.all(connecting);
  await expect.poll(() => refused).toBe(50);
  expect((await fetch(`${base}/api/health`)).status).toBe(200);
  for (const socket of open) socket.destroy();
});

test("a call without a session costs the server little, however large and deep its body", async () => {
  const [action] = listBuiltActions();
  const call = `POST /contacts HTTP/1.1\r\n${host()}Origin: ${base}\r\nNext-Action: ${action?.id}\r\nContent-Type: text/plain\r\nContent-Length: 900000\r\n\r\n${nested}`;
  await send(call);
  const used = processorTime();
  for (let sent = 0; sent < 200; sent++) expect(await send(call)).toMatch(/^HTTP\/1\.1 401/);
  console.log(`A signed-out POST of 900 kB costs ${((processorTime() - used) * 5).toFixed(1)} ms of processor time.`);
});

test("nothing that a signed-out caller gets tells which actions there are", async () => {
  const paths = [
    ...Object.values(entries).map(({ path }) => path({ secret: "x", contact: "x" })),
    "/contacts/x.y",
    "/contacts/x.js",
    "/nothing.html",
    "/nothing",
    "/api/nothing",
    "/documents/x.y",
    "/documents/a/b",
    "/export/nothing",
    "/sign-in/nothing.css",
    "/pdfjs/nothing",
    "/_next/nothing.js",
    "/_next/static/nothing.js",
  ];
  const seen = new Set<string>();
  const texts: string[] = [];
  const read = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${base}${path}`, { redirect: "manual", headers });
    const text = await answer.text();
    texts.push(text);
    for (const [chunk] of text.matchAll(/static\/chunks\/[\w~.-]+\.js/g)) {
      if (seen.has(chunk)) continue;
      seen.add(chunk);
      await read(`/_next/${chunk}`);
    }
  };
  for (const path of paths) {
    await read(path);
    await read(path, { rsc: "1" });
  }
  expect(seen.size).toBeGreaterThan(3);
  for (const { id, key } of listBuiltActions()) {
    expect(texts.filter((text) => text.includes(id)).length, key).toBe(0);
  }
  expect(Object.keys(actions).length).toBeGreaterThan(30);
});

test("who is signed in hears what is wrong with a call, and nothing is answered with a failure of ours", async () => {
  const person = await createStaff("agent");
  const { name, value } = await signInCookie(person.id);
  const action = listBuiltActions().find(({ key }) => key === "lib/staff/actions.ts setOwnName");
  const post = async (body: string, headers: Record<string, string> = {}) => {
    const given = {
      cookie: `${name}=${value}`,
      origin: base,
      "next-action": action?.id ?? "",
      "content-type": "text/plain",
    };
    const answer = await fetch(`${base}/account`, { method: "POST", body, headers: { ...given, ...headers } });
    return answer.status;
  };
  expect(await post('[{"name":"Ada"}]')).toBe(200);
  for (const body of ["[".repeat(60_000), "[1", '["$1"]', '["$F1"]', '{"a":1}', "", '[{"__proto__":{"name":"x"}'])
    expect(await post(body), body.slice(0, 20)).toBe(400);
  expect(await post(`["${"a".repeat(70_000)}"]`)).toBe(413);
  // An action id of an older build: Next's client code reloads the page.
  expect(await post("[]", { "next-action": "0".repeat(42) })).toBe(409);
  expect(await post("[]", { "next-action": "x" })).toBeLessThan(500);
  expect(await post("--x", { "content-type": "multipart/form-data; boundary=x" })).toBe(400);
  await removeStaff([person]);
});
