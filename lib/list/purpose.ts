import type { Purpose } from "@/lib/database/limits";
import type { ContactFilter } from "@/lib/filter/filter";
import { isBroad, parseInsightCondition } from "@/lib/filter/insight/condition";

/**
 * The time limit of a filter in the inbox. A condition on an insight path that no index can answer may read every
 * contact. Such a filter gets one second and then fails as too broad. So nobody waits for it, and it takes no time from
 * others.
 */
export function purposeOf({ fields }: ContactFilter): Purpose {
  const { any, none, all } = fields.insight ?? { any: [], none: [], all: [] };
  const broad = [...any, ...none, ...all].some((text) => {
    const condition = parseInsightCondition(text);
    return condition !== null && isBroad(condition);
  });
  return broad ? "broad" : "interactive";
}
