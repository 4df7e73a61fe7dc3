declare global {
  /** The objects that this process has once, by name; see `ofProcess`. */
  var contactDesk: Map<string, unknown> | undefined;
}

/**
 * The one object of this process under a unique name, created when it is first asked for. A module's own variable will
 * not do: Next bundles pages and handlers apart, and the server is a third bundle. So a process has up to three copies
 * of each module. For a value that may be absent, keep an object with a field for it.
 */
export function ofProcess<T>(name: string, create: () => T): T {
  globalThis.contactDesk ??= new Map();
  if (!globalThis.contactDesk.has(name)) globalThis.contactDesk.set(name, create());
  return globalThis.contactDesk.get(name) as T;
}

/**
 * Drops the object under a name, so that it is created anew when next asked for. Gives what was dropped; undefined
 * where there was nothing.
 */
export function forgetOfProcess<T>(name: string): T | undefined {
  const kept = globalThis.contactDesk?.get(name) as T | undefined;
  globalThis.contactDesk?.delete(name);
  return kept;
}
