import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What the work under way is for. `screen` is the route, the action's name, or a word for work of the server's own: "live",
 * "bulk". `request` is the id of the request, null where there is none.
 */
export type Screen = { screen: string; request: string | null };

/** Next's bundles and the server each have their own copy of this module; the process has one store. */
const shared = globalThis as unknown as { contactDeskScreens?: AsyncLocalStorage<Screen> };
shared.contactDeskScreens ??= new AsyncLocalStorage();
const screens = shared.contactDeskScreens;

/** Does work for a screen. What it asks of the database, and what it logs, carries the screen's name and the request's id. */
export function workOn<R>(screen: string, request: string | null, work: () => R): R {
  return screens.run({ screen, request }, work);
}

/** What the work under way is for; null where nobody has said. */
export function getScreen(): Screen | null {
  return screens.getStore() ?? null;
}
