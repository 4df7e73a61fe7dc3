import type { IncomingHttpHeaders } from "node:http";

/** A request's headers, in the form that lib/staff reads. */
export function readerOf(headers: IncomingHttpHeaders) {
  return {
    get(name: string): string | null {
      const value = headers[name.toLowerCase()];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
  };
}

/** A request's cookies, in the form that lib/staff reads. */
export function cookiesOf(headers: IncomingHttpHeaders) {
  return {
    get(name: string): { value: string } | undefined {
      const value = headers.cookie
        ?.split(";")
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(`${name}=`))
        ?.slice(name.length + 1);
      return value === undefined ? undefined : { value };
    },
  };
}
