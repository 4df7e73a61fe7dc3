import { getScreen } from "./screen";

/**
 * How many errors of each request have a number. A weak map, so that a request's entry goes when the request has ended.
 */
const counts = new WeakMap<object, number>();

/**
 * A number for the next error of this request: the request's id, with ".2" and so on from the second. Null outside a
 * request.
 */
export function numberError(): string | null {
  const screen = getScreen();
  if (screen?.request == null) return null;
  const count = (counts.get(screen) ?? 0) + 1;
  counts.set(screen, count);
  return count === 1 ? screen.request : `${screen.request}.${count}`;
}

/**
 * Makes the number on the error page begin with the request's id. The page gets only an error's `digest`. Next makes
 * one from a hash where there is none, and has no option to choose another. So an error gets its number when it is
 * first asked for a missing digest.
 */
export function numberErrors(): void {
  Object.defineProperty(Error.prototype, "digest", {
    configurable: true,
    get(this: Error): string | undefined {
      if (this === Error.prototype) return undefined;
      const number = numberError();
      if (number !== null) setDigest(this, number);
      return number ?? undefined;
    },
    set(this: Error, digest: unknown) {
      setDigest(this, digest);
    },
  });
}

/** Sets the digest as an assignment would if the prototype had no such property. */
function setDigest(error: Error, digest: unknown): void {
  Object.defineProperty(error, "digest", { value: digest, writable: true, enumerable: true, configurable: true });
}
