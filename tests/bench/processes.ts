import { isEnding } from "@/scripts/command/command";
import { startApplication } from "./application";
import type { Site } from "./http";
import type { Answer } from "./line";
import { loadPage } from "./load";
import { toTiming } from "./measure";
import { withPeople } from "./people";
import type { World } from "./world";

/** Connections of a load, each with a person of its own. */
export const connections = 16;
const turns = 3;

/** Pages a second of the inbox by one process and by two, asked by turns by as many people as there are connections. */
export function comparePages(world: World, site: Site): Promise<Answer> {
  return withPeople(world, connections, async (cookie) => {
    const one = await startApplication({ processes: 1 });
    const two = await startApplication({ processes: 2 });
    const seen = { one: [] as number[], two: [] as number[], refused: 0 };
    try {
      for (let turn = 0; turn < turns && !isEnding(); turn++) {
        for (const [name, { base }] of [["one", one] as const, ["two", two] as const]) {
          const page = { url: `${base}/contacts`, cookie, marker: site.newest };
          const { perSecond, refused } = await loadPage(page, connections, world.seconds);
          seen[name].push(perSecond);
          seen.refused += refused;
        }
      }
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
    const note = `ours: two processes; ideal: one; ${connections} people; ${seen.refused} answered "busy"`;
    const [ours, ideal] = [toTiming(seen.two), toTiming(seen.one)];
    return { ours, ideal, unit: "/s", bar: "no bar", met: null, note };
  });
}
