import type { Purpose } from "@/lib/database/pool";
import type { ContactFilter } from "@/lib/filter/filter";
import { isBroad, parseInsight } from "@/lib/filter/insight/path";

/**
 * How long the inbox may take over a filter. One that asks of a path what no index can answer may read every contact: it gets
 * a second and is then too broad, so that nobody waits for it and it takes nothing from others.
 */
export function purposeOf({ fields }: ContactFilter): Purpose {
  const { any, none, all } = fields.insight ?? { any: [], none: [], all: [] };
  const broad = [...any, ...none, ...all].some((text) => {
    const condition = parseInsight(text);
    return condition !== null && isBroad(condition);
  });
  return broad ? "broad" : "interactive";
}
