import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPublicFile } from "@/lib/desk/public-files";

/**
 * Where a request goes: its route, and the screen for which its work is done. For an action the screen is the action's
 * name.
 */
export type Destination = { route: string; screen: string };

/**
 * Names where a request goes.
 * @param path without its query
 * @param action the id of a server action, where one is called
 */
export type Destinations = (path: string, action?: string) => Destination;

/** Anything but the build's routes. Strangers may request any address, and must not invent names that we count by. */
const other: Destination = { route: "other", screen: "other" };

/** All calls of actions count as one route. By name they would be forty, and the page that calls them says nothing. */
const actionRoute = "action";

/**
 * Names by a list of routes as Next writes them, `/contacts/[id]`, and by the names of actions by their ids. A route for
 * every address at all names nothing.
 */
export function nameDestinations(routes: readonly string[], actions: ReadonlyMap<string, string>): Destinations {
  const plain = new Set(routes.filter((route) => !route.includes("[")));
  const patterns = routes
    .filter((route) => route.includes("[") && !route.startsWith("/[..."))
    .map((route): [RegExp, string] => [toPattern(route), route]);
  return (path, action) => {
    if (action !== undefined) {
      const name = actions.get(action);
      return name === undefined ? other : { route: actionRoute, screen: name };
    }
    if (isPublicFile(path)) return { route: "files", screen: "files" };
    const route = plain.has(path) ? path : patterns.find(([pattern]) => pattern.test(path))?.[1];
    return route === undefined ? other : { route, screen: route };
  };
}

/** A route as a pattern: `[id]` is one part of a path, `[...rest]` one or more. */
function toPattern(route: string): RegExp {
  const parts = route.split("/").map((part) => {
    if (part.startsWith("[...")) return ".+";
    return part.startsWith("[") ? "[^/]+" : part.replace(/[^\w-]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}

type ActionManifest = { node: Record<string, { exportedName?: string }> };

/** Names by the build in `folder`. Without a build, as in development, everything is "other". */
export function readDestinations(folder: string): Destinations {
  const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
  try {
    const routes = Object.values(read<Record<string, string>>("app-path-routes-manifest.json"));
    const { node } = read<ActionManifest>("server", "server-reference-manifest.json");
    const actions = Object.entries(node).map(([id, { exportedName = "action" }]): [string, string] => [
      id,
      exportedName,
    ]);
    return nameDestinations(
      routes.filter((route) => !route.startsWith("/_")),
      new Map(actions),
    );
  } catch {
    return () => other;
  }
}
