declare global {
  /** What this process has once, by name; see `ofProcess`. */
  var contactDesk: Map<string, unknown> | undefined;
}

/**
 * What a process has once, by a name of its own; made when it is first asked for. A module's own variable will not do: Next
 * bundles pages and handlers apart, and the server is a third bundle, so that there are up to three copies of each module.
 * What may be absent is a field of the object that is kept.
 */
export function ofProcess<T>(name: string, create: () => T): T {
  globalThis.contactDesk ??= new Map();
  if (!globalThis.contactDesk.has(name)) globalThis.contactDesk.set(name, create());
  return globalThis.contactDesk.get(name) as T;
}

/** Drops what is kept by a name, so that the next to ask makes it anew. Gives what was dropped; undefined where there was nothing. */
export function forgetOfProcess<T>(name: string): T | undefined {
  const kept = globalThis.contactDesk?.get(name) as T | undefined;
  globalThis.contactDesk?.delete(name);
  return kept;
}
