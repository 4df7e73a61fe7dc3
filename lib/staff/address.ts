import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { isIP } from "node:net";
import { ofProcess } from "@/lib/runtime/of-process";
import { readSetting } from "@/lib/settings/settings";

const peers = ofProcess("peers", () => new AsyncLocalStorage<string | undefined>());

/**
 * Runs the work of one request with the address of its socket, which `readAddress` then returns. The server calls it,
 * because Next passes no socket to handlers. The `x-forwarded-for` that Next fills in cannot be told from one that the
 * client sent.
 */
export function withPeerAddress<R>(address: string | undefined, work: () => R): R {
  return peers.run(address, work);
}

/**
 * The client's address, for throttling and the list of sessions; null if it cannot be known. With TRUST_PROXY=n (n
 * proxies of ours in front), it is the n-th entry of `x-forwarded-for` from the right. The outermost proxy wrote that
 * entry; anyone can write the ones left of it. Without TRUST_PROXY it is the socket's address, and the header is
 * ignored.
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
