import { createServer, isIPv4, isIPv6 } from "node:net";
import { Stop } from "./stop";

/** The port the desk answers on: PORT, or 3000. */
export function readPort(): number {
  const given = process.env.PORT || "3000";
  const port = Number(given);
  if (!/^\d+$/.test(given) || port < 1 || port > 65535) throw new Stop("PORT must be a number from 1 to 65535.");
  return port;
}

/**
 * Where the desk listens: HOST as given. Without it, only this machine where people sign in with passwords of the sample
 * (`builtIn`), and every address of the machine (undefined) where the settings name a database.
 */
export function readHost(builtIn: boolean): string | undefined {
  const given = process.env.HOST;
  if (!given) return builtIn ? "127.0.0.1" : undefined;
  // Without a zone (fe80::1%eth0), which no address in a browser carries.
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(given) || (isIPv6(given) && !given.includes("%"))) return given;
  throw new Stop("HOST must be an address or a name of this machine, such as 0.0.0.0, without a port.");
}

/** Whether only programs of this machine reach a host. */
export function isLoopback(host: string | undefined): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host ?? "") && host?.startsWith("127.") === true);
}

/** The address of a desk that listens on `host`: for people of this machine, and for this command itself. */
export function localAddresses(host: string | undefined, port: number): { shown: string; asked: string } {
  const everywhere = !host || host === "0.0.0.0" || host === "::";
  const asked = everywhere ? "127.0.0.1" : isIPv6(host) ? `[${host}]` : host;
  const shown = everywhere || host === "127.0.0.1" || host === "::1" ? "localhost" : asked;
  return { shown: `http://${shown}:${port}`, asked: `http://${asked}:${port}` };
}

/** Stops the command with a sentence where the address that people use has no scheme: it decides whether cookies are Secure. */
export function requireAddress(): void {
  const given = process.env.NEXTAUTH_URL;
  if (!given || (/^https?:\/\//.test(given) && URL.canParse(given))) return;
  throw new Stop("NEXTAUTH_URL must be a whole address, such as https://desk.example.");
}

/** Whether nobody listens on a port; on one address, or on all. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  return (await tryPort(port, host)) === null;
}

/** Stops the command with a sentence unless the desk can listen on the port, of one host or of all addresses. */
export async function requirePort(port: number, host?: string): Promise<void> {
  const code = await tryPort(port, host);
  if (host && code && ["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EINVAL"].includes(code)) {
    throw new Stop(
      "HOST is no address or name of this machine: take 127.0.0.1 for this machine alone, 0.0.0.0 for all.",
    );
  }
  if (code === "EADDRINUSE") throw new Stop(`Port ${port} is taken by another program: set PORT to a free one.`);
  if (code === "EACCES") throw new Stop(`Port ${port} may not be used by this user: set PORT to one above 1023.`);
  if (code) throw new Stop(`Port ${port} cannot be used (${code}): set PORT to another one.`);
}

function tryPort(port: number, host?: string): Promise<string | null> {
  return new Promise((found) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => found(error.code ?? "unknown"));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => found(null)));
  });
}
