import { readFileSync } from "node:fs";
import { join } from "node:path";
import { largerBodies } from "./http-limits";
import type { BodyLimits } from "./request-guard";

type ReferenceManifest = { node: Record<string, { filename?: string; exportedName?: string }> };

/**
 * The larger body limits of lib/server/http/http-limits.ts, by the ids that the build in `folder` gave the actions.
 * @throws Error when the build lacks an action that is named there, because its limit would have no effect
 */
export function readActionLimits(folder: string): BodyLimits {
  const path = join(folder, "server", "server-reference-manifest.json");
  const { node }: ReferenceManifest = JSON.parse(readFileSync(path, "utf8"));
  const ids = new Map(
    Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename} ${exportedName}`, id]),
  );
  return new Map(
    Object.entries(largerBodies).map(([name, limit]) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`The build has no action ${name}.`);
      return [id, limit];
    }),
  );
}
