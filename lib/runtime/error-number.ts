import { getScreen } from "./screen";

/** How many errors of each request have a number; a request that has ended is collected with its screen. */
const counts = new WeakMap<object, number>();

/** The number of one more error of the request under way: the request's id, from the second on with ".2". Null outside of one. */
export function numberError(): string | null {
  const screen = getScreen();
  if (screen?.request == null) return null;
  const count = (counts.get(screen) ?? 0) + 1;
  counts.set(screen, count);
  return count === 1 ? screen.request : `${screen.request}.${count}`;
}

/**
 * Makes the number that the error page shows begin with the id of the request. The page gets nothing of an error but its
 * `digest`. Next makes one from a hash of the error where it has none, and offers no way to choose another; so an error that
 * is asked for a digest it does not have takes its number then.
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

/** As an assignment would without the property of the prototype. */
function setDigest(error: Error, digest: unknown): void {
  Object.defineProperty(error, "digest", { value: digest, writable: true, enumerable: true, configurable: true });
}
