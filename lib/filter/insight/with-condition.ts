import { type ContactFilter, withField } from "../filter";
import {
  type InsightCondition,
  type InsightOperator,
  parseInsightCondition,
  printInsightCondition,
  printPath,
} from "./condition";

/**
 * The filter with one more condition, as people expect who add one after another. With another value of the same path,
 * any of the values will do; any other condition must hold as well. A new bound replaces the old one.
 */
export function withInsightCondition(filter: ContactFilter, condition: InsightCondition): ContactFilter {
  const text = printInsightCondition(condition);
  const isChoice = (other: InsightCondition) => other.operator === "eq" || other.operator === "has";
  const onSamePath = (other: InsightCondition) => printPath(other.path) === printPath(condition.path);
  const listed = (mode: "any" | "all", which: (other: InsightCondition) => boolean) =>
    (filter.fields.insight?.[mode] ?? []).filter((each) => {
      const other = parseInsightCondition(each);
      return other !== null && which(other);
    });
  const replaced = (other: InsightCondition) =>
    onSamePath(other) && condition.operator !== "has" && aspects[other.operator] === aspects[condition.operator];
  let changed = withField(filter, "insight", { mode: "all", remove: listed("all", replaced) });
  if (!isChoice(condition)) changed = withField(changed, "insight", { remove: listed("any", replaced) });
  const any = changed.fields.insight?.any ?? [];
  const oneMore =
    isChoice(condition) && listed("any", (other) => onSamePath(other) && isChoice(other)).length === any.length;
  return withField(changed, "insight", { mode: any.length === 0 || oneMore ? "any" : "all", add: [text] });
}

/** What each operator says of a path. A new condition replaces the old one with the same aspect, except for `has`. */
const aspects: Record<InsightOperator, string> = {
  eq: "value",
  has: "element",
  gt: "least",
  gte: "least",
  lt: "most",
  lte: "most",
  exists: "presence",
  missing: "presence",
};
