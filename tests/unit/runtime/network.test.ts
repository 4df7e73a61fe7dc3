import fc from "fast-check";
import { expect, test } from "vitest";
import { countedAddress, networkOf } from "@/lib/runtime/network";

test.each([
  ["192.0.2.7", "192.0.2.7", "192.0.2.0/24"],
  ["::ffff:192.0.2.7", "192.0.2.7", "192.0.2.0/24"],
  ["::ffff:c000:207", "192.0.2.7", "192.0.2.0/24"],
  ["0:0:0:0:0:FFFF:192.0.2.7", "192.0.2.7", "192.0.2.0/24"],
  ["2001:db8:0:7::1", "2001:db8:0:7::/64", "2001:db8:0:7::/64"],
  ["2001:DB8:0000:0007:ffff:ffff:ffff:ffff", "2001:db8:0:7::/64", "2001:db8:0:7::/64"],
  ["2001:db8::7", "2001:db8:0:0::/64", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64", "0:0:0:0::/64"],
  ["not an address", "not an address", "not an address"],
])("%s is counted as %s, in the network %s", (address, counted, network) => {
  expect(countedAddress(address)).toBe(counted);
  expect(networkOf(address)).toBe(network);
});

test("all addresses of a /64 are one, and no two /64 are", () => {
  const groups = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: length, maxLength: length });
  const print = (parts: number[]) => parts.map((part) => part.toString(16)).join(":");
  // 2000::/3 is where IPv6 is in use, so none of it stands for IPv4.
  const network = groups(3).map((rest) => [0x2001, ...rest]);
  fc.assert(
    fc.property(network, network, groups(4), groups(4), (one, other, host, guest) => {
      const first = countedAddress(print([...one, ...host]));
      expect(countedAddress(print([...one, ...guest]))).toBe(first);
      expect(countedAddress(print([...other, ...guest])) === first).toBe(print(one) === print(other));
    }),
  );
});
