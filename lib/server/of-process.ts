const shared = globalThis as unknown as { contactDesk?: Map<string, unknown> };

/**
 * What a process has once, by a name of its own; made when it is first asked for. A module's own variable will not do: Next
 * bundles pages and handlers apart, and the server is a third bundle, so that there are up to three copies of each module.
 */
export function ofProcess<T>(name: string, create: () => T): T {
  shared.contactDesk ??= new Map();
  if (!shared.contactDesk.has(name)) shared.contactDesk.set(name, create());
  return shared.contactDesk.get(name) as T;
}
