import { isIPv6 } from "node:net";

/**
 * The network that an address stands for where limits are counted: itself, and of IPv6 its first 64 bits, which one customer of a
 * provider has for themselves (RFC 6177).
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const last = tail ? tail.split(":") : [];
  // An IPv4 address at the end stands for two groups.
  const width = (list: string[]) => list.length + (list.at(-1)?.includes(".") ? 1 : 0);
  if (tail !== undefined)
    groups.push(...Array<string>(Math.max(0, 8 - width(groups) - width(last))).fill("0"), ...last);
  const first = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(":")}::/64`;
}
