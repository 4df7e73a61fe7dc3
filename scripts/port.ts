import { createServer } from "node:net";
import { Stop } from "./stop";

/** The port the desk answers on: PORT, or 3000. */
export function readPort(): number {
  const given = process.env.PORT || "3000";
  const port = Number(given);
  if (!/^\d+$/.test(given) || port < 1 || port > 65535) throw new Stop("PORT must be a number from 1 to 65535.");
  return port;
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

/** Stops the command with a sentence unless the desk can listen on the port. */
export async function requirePort(port: number): Promise<void> {
  const code = await tryPort(port);
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
