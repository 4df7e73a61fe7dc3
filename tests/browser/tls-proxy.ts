import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type TlsProxy = {
  /** The address people use. */
  url: string;
  /** The certificate, for programs that must trust it. */
  certificate: string;
  close(): Promise<void>;
};

/** A proxy as in an installation: https to the browsers, http to the desk on `port`. */
export async function startTlsProxy(port: number): Promise<TlsProxy> {
  const { key, certificate } = makeCertificate();
  const server: Server = createServer({ key, cert: certificate }, (asked, answer) => {
    const forwarded = {
      "x-forwarded-for": asked.socket.remoteAddress,
      "x-forwarded-proto": "https",
      "x-forwarded-host": asked.headers.host,
    };
    const { method, url: path, headers } = asked;
    const inner = request({ host: "127.0.0.1", port, method, path, headers: { ...headers, ...forwarded } }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
      got.pipe(answer);
    });
    inner.on("error", () => answer.destroy());
    // Once everything has been passed on, another request may already use the inner connection.
    answer.on("close", () => answer.writableFinished || inner.destroy());
    asked.pipe(inner);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const own = typeof address === "object" && address ? address.port : 0;
  return {
    url: `https://127.0.0.1:${own}`,
    certificate,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A key and a self-signed certificate for 127.0.0.1, valid for a day. */
export function makeCertificate(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-tls-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
  const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    const program = process.env.OPENSSL_PATH || "/usr/bin/openssl";
    execFileSync(program, ["req", ...kind, ...name, "-keyout", key, "-out", certificate], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
