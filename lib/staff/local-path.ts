/** The request header in which proxy.ts says which page was asked for. A convenience: it is checked, and may be absent. */
export const pathHeader = "x-desk-path";

/**
 * A path inside this desk to go to after signing in, encoded as headers want it, or null when `value` is anything else.
 * Refused are other hosts in all their disguises: "//host", "/\host", control characters that browsers drop,
 * and the paths that are no pages to arrive at.
 */
export function parseLocalPath(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2000) return null;
  if (!/^\/(?![/\\])[^\\\p{Cc}\p{Cs}]*$/u.test(value)) return null;
  const base = "http://desk.invalid";
  if (!URL.canParse(value, base)) return null;
  const { origin, pathname, search, hash } = new URL(value, base);
  if (origin !== base || pathname.startsWith("//")) return null;
  return /^\/(sign-in|api|_next)(\/|$)/.test(pathname) ? null : pathname + search + hash;
}

/** Where one first does what must be done, such as choosing a password of one's own, before `path`, which that page reads again; null or "/" is no place to keep. */
export function firstPasswordHref(path: string | null): string {
  return path === null || path === "/" ? "/account" : `/account?next=${encodeURIComponent(path)}`;
}
