import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "@/scripts/command/processes";
import { makeCertificate } from "../tls-proxy";

export type Nginx = { http: string; https: string; close(): Promise<void> };

/** nginx with deploy/nginx.conf as it stands, except its ports, its certificate and the ports of the desk's servers. */
export async function startNginx(ports: number[], httpPort: number, httpsPort: number): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-nginx-"));
  // If root starts nginx, its workers run as another user.
  chmodSync(folder, 0o755);
  const { key, certificate } = makeCertificate();
  writeFileSync(join(folder, "privkey.pem"), key);
  writeFileSync(join(folder, "fullchain.pem"), certificate);
  const site = readFileSync("deploy/nginx.conf", "utf8")
    .replaceAll("/etc/ssl/desk.example/", `${folder}/`)
    .replaceAll(/^ *listen \[::\].*\n/gm, "")
    .replace("listen 80;", `listen 127.0.0.1:${httpPort};`)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${httpsPort} ssl;`)
    .replace("server 127.0.0.1:3000 max_fails=0;", (line) =>
      ports.map((port) => line.replace("3000", `${port}`)).join(" "),
    );
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  // gzip as in Debian. Ignores the desk's own request not to buffer, because the configuration alone must be enough.
  const main = `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr warn;
    events { worker_connections 256; }
    http { access_log off; gzip on; proxy_ignore_headers X-Accel-Buffering;
      ${temporary.join(" ")} include ${folder}/site.conf; }`;
  writeFileSync(join(folder, "site.conf"), site);
  writeFileSync(join(folder, "nginx.conf"), main);
  const program = process.env.NGINX_PATH || "/usr/sbin/nginx";
  const child = spawn(program, ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const close = async () => {
    const ended = new Promise((over) => child.once("exit", over));
    if (child.exitCode === null) child.kill("SIGTERM");
    if (child.exitCode === null) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await untilListening(httpsPort, child);
  return { http: `http://127.0.0.1:${httpPort}`, https: `https://127.0.0.1:${httpsPort}`, close };
}

/** Free ports for both. */
export async function findProxyPorts(): Promise<[http: number, https: number]> {
  return [await findFreePort(), await findFreePort()];
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const open = await new Promise<boolean>((answer) => {
      const socket = connect(port, "127.0.0.1", () => answer(true));
      socket.once("error", () => answer(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`nginx ended with code ${child.exitCode}.`);
}
