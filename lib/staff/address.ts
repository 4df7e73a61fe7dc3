import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { isIP } from "node:net";
import { ofProcess } from "@/lib/runtime/of-process";
import { readSetting } from "@/lib/settings/settings";

const peers = ofProcess("peers", () => new AsyncLocalStorage<string | undefined>());

/**
 * Does the work of one request, which knows by `readAddress` the address its socket comes from. Called by the server: Next hands
 * handlers no socket, and the `x-forwarded-for` it fills in cannot be told from one that the client sent.
 */
export function withPeerAddress<R>(address: string | undefined, work: () => R): R {
  return peers.run(address, work);
}

/**
 * Where a request comes from, for throttling and the list of sessions; null when it cannot be known.
 * With TRUST_PROXY=n (the number of proxies of ours in front) the n-th entry of
 * `x-forwarded-for` from the right, the one the outermost of them wrote; what stands left of it anyone can write.
 * Without it the socket's address: the header is never believed.
 */
export function readAddress(headers: { get(name: string): string | null }): string | null {
  const proxies = readSetting("TRUST_PROXY");
  const address = proxies > 0 ? forwarded(headers, proxies) : peers.getStore();
  const plain = address?.trim().replace(/^::ffff:(?=\d+\.)/, "");
  return plain && isIP(plain) ? plain : null;
}

function forwarded(headers: { get(name: string): string | null }, proxies: number): string | undefined {
  const entries = headers.get("x-forwarded-for")?.split(",") ?? [];
  return entries.at(-Math.min(proxies, entries.length));
}
