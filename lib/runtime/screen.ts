import { AsyncLocalStorage } from "node:async_hooks";
import { ofProcess } from "./of-process";

/**
 * What the current work is for. `screen` is the route, the action's name, or a word for the server's own work, such as
 * "live" or "bulk". `request` is the id of the request, null where there is none.
 */
export type Screen = { screen: string; request: string | null };

const screens = ofProcess("screens", () => new AsyncLocalStorage<Screen>());

/** Does work for a screen. Its statements and log lines carry the screen's name and the request's id. */
export function workOn<R>(screen: string, request: string | null, work: () => R): R {
  return screens.run({ screen, request }, work);
}

/** What the current work is for; null where nobody has said. */
export function getScreen(): Screen | null {
  return screens.getStore() ?? null;
}
