import { readSetting } from "@/lib/settings/settings";

/** Seconds for which browsers stay on https: two years, as the preload list asks of hosts that want to stay on it. */
const maxAge = 63_072_000;

/**
 * The header that keeps browsers on https (RFC 6797), for every answer of a desk whose NEXTAUTH_URL is https. Null
 * otherwise, and for localhost, where other programs of the machine answer on http. It has no `includeSubDomains` or
 * `preload`: the desk is one host of a company, and must not decide for the hosts below its name.
 */
export function transportSecurity(): [name: string, value: string] | null {
  const address = readSetting("NEXTAUTH_URL") ?? "";
  if (!URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  const local = hostname === "localhost" || hostname.endsWith(".localhost");
  return protocol === "https:" && !local ? ["strict-transport-security", `max-age=${maxAge}`] : null;
}
