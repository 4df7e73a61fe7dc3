import { createServer, isIPv4, isIPv6 } from "node:net";
import { readSetting } from "@/lib/settings/settings";
import { Stop } from "./stop";

/**
 * Where the desk listens: HOST if it is set. Otherwise only this machine if people sign in with sample passwords
 * (`builtIn`). If the settings name a database, every address of the machine (undefined).
 */
export function readHost(builtIn: boolean): string | undefined {
  return readSetting("HOST") ?? (builtIn ? "127.0.0.1" : undefined);
}

/** Whether a host can be reached from this machine only. */
export function isLoopback(host: string | undefined): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host ?? "") && host?.startsWith("127.") === true);
}

/**
 * The addresses of a desk that listens on `host`: one to show to people on this machine, one for this command's
 * requests.
 */
export function localAddresses(host: string | undefined, port: number): { shown: string; asked: string } {
  const everywhere = !host || host === "0.0.0.0" || host === "::";
  const asked = everywhere ? "127.0.0.1" : isIPv6(host) ? `[${host}]` : host;
  const shown = everywhere || host === "127.0.0.1" || host === "::1" ? "localhost" : asked;
  return { shown: `http://${shown}:${port}`, asked: `http://${asked}:${port}` };
}

/** Whether a port is free, on one address or on all. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  return (await tryPort(port, host)) === null;
}

/** Checks that the desk can listen on the port, on one host or on all addresses. @throws Stop if it cannot */
export async function requirePort(port: number, host?: string): Promise<void> {
  const code = await tryPort(port, host);
  if (host && code && ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EINVAL"].includes(code)) {
    throw new Stop(
      "HOST is not an address or name of this machine: use 127.0.0.1 for this machine only, 0.0.0.0 for all.",
    );
  }
  if (code === "EADDRINUSE") throw new Stop(`Port ${port} is taken by another program: set PORT to a free one.`);
  if (code === "EACCES") throw new Stop(`This user may not use port ${port}: set PORT to one above 1023.`);
  if (code) throw new Stop(`Port ${port} cannot be used (${code}): set PORT to another one.`);
}

function tryPort(port: number, host?: string): Promise<string | null> {
  return new Promise((found) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => found(error.code ?? "unknown"));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => found(null)));
  });
}
