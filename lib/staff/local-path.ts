/**
 * The request header in which proxy.ts passes the requested path. A convenience: it may be absent, and is validated.
 */
export const pathHeader = "x-desk-path";

/**
 * A path inside this desk to go to after signing in, encoded for a header; null if `value` is anything else. It refuses
 * other hosts in every disguise ("//host", "/\host") and control characters, which browsers drop. It also refuses paths
 * that are not pages.
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

/**
 * The account page, where the person first does what must be done, such as choosing their own password. That page then
 * leads on to `path`, unless it is null or "/".
 */
export function firstPasswordHref(path: string | null): string {
  return path === null || path === "/" ? "/account" : `/account?next=${encodeURIComponent(path)}`;
}
