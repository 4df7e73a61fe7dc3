import type { MigrationPlan } from "./migrations";

/** A plan as text for a terminal, one step a line. */
export function describePlan(plan: MigrationPlan): string {
  return [
    `Database ${plan.database}, as ${plan.owner}; the application signs in as ${plan.application}.`,
    ...describeAdoption(plan),
    ...describePending(plan),
  ].join("\n");
}

function describeAdoption({ adoption }: MigrationPlan): string[] {
  if (!adoption) return [];
  const tables = adoption.tables.map(({ name, rows }) => `  ${name}${rows < 0 ? "" : ` (about ${rows} rows)`}`);
  return [
    "It holds tables that Contact Desk did not make. Their rows, names, columns, types, views, indexes and grants stay:",
    ...tables,
    ...(adoption.problems.length
      ? ["It cannot be adopted as it is:", ...adoption.problems.map((problem) => `  ${problem}`)]
      : []),
  ];
}

function describePending({ pending, unknown }: MigrationPlan): string[] {
  const newer = unknown.length ? [`Applied by a newer version of Contact Desk: ${unknown.join(", ")}.`] : [];
  if (!pending.length) return [...newer, "Nothing is to be applied."];
  return [
    ...newer,
    "To be applied, in this order:",
    ...pending.map(({ name, title, transactional }) => {
      const how = transactional ? "" : " [built beside running traffic]";
      return `  ${name}${how}\n      ${title}`;
    }),
    "Nothing has been changed.",
  ];
}
