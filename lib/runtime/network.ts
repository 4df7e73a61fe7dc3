import { isIPv6 } from "node:net";

/**
 * The form of an address under which every limit by address counts it. IPv4 stays as it is; IPv6 becomes its /64
 * ("2001:db8:0:7::/64"). A single customer has a whole /64 and could use a new address for every request. IPv4 inside
 * IPv6 (::ffff:192.0.2.1, in either notation) is IPv4. Text that is no address is given back as it is.
 */
export function countedAddress(address: string): string {
  const groups = isIPv6(address) ? readGroups(address) : null;
  if (!groups) return address;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join(".");
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The network that a counted address is in: the /24 of IPv4 ("192.0.2.0/24"), the /64 of IPv6. */
export function networkOf(address: string): string {
  const counted = countedAddress(address);
  const parts = counted.split(".");
  return parts.length === 4 ? `${parts.slice(0, 3).join(".")}.0/24` : counted;
}

/** The eight groups of an IPv6 address, without its zone. */
function readGroups(address: string): number[] {
  const [plain = ""] = address.split("%");
  const hex = plain.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(":"),
  );
  const [head = "", tail] = hex.split("::");
  const parse = (text: string) => (text ? text.split(":").map((group) => Number.parseInt(group, 16)) : []);
  const [before, after] = [parse(head), parse(tail ?? "")];
  return tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill(0), ...after];
}
