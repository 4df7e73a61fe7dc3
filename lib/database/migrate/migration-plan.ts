import type { MigrationFigure } from "./migration-figures";
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
    ...(adoption.missing.length
      ? [
          "What is missing is added; a new column has null or one value for all rows:",
          ...adoption.missing.map((name) => `  ${name}`),
        ]
      : []),
    ...adoption.notes,
    ...(adoption.problems.length
      ? ["It cannot be adopted as it is:", ...adoption.problems.map((problem) => `  ${problem}`)]
      : []),
  ];
}

function describePending({ pending, figures, unknown }: MigrationPlan): string[] {
  const newer = unknown.length ? [`Applied by a newer version of Contact Desk: ${unknown.join(", ")}.`] : [];
  if (!pending.length) return [...newer, "Nothing is to be applied."];
  return [
    ...newer,
    "To be applied, in this order:",
    ...pending.map(({ name, title, transactional }) => {
      const how = transactional ? "" : " [built beside running traffic]";
      return `  ${name}${how}\n      ${title}\n      ${describeFigure(figures.get(name))}`;
    }),
    describeTotal(pending, figures),
    "Nothing has been changed.",
  ];
}

/** How long a migration took where each large table had a million rows. */
function describeFigure(figure: MigrationFigure | undefined): string {
  if (!figure) return "At a million rows: not measured.";
  const tables = Object.keys(figure.locks);
  const waits = tables.length
    ? `statements on ${tables.join(", ")} wait for ${printTime(figure.held)} of it`
    : "nobody waits for it";
  return `At a million rows: ${printTime(figure.ms)}; ${waits}.`;
}

function describeTotal(pending: MigrationPlan["pending"], figures: MigrationPlan["figures"]): string {
  const known = pending.flatMap(({ name }) => figures.get(name)?.ms ?? []);
  const rest = pending.length - known.length;
  const others = rest ? `, and ${rest} not measured` : "";
  return `In all, at a million rows: ${printTime(known.reduce((sum, ms) => sum + ms, 0))}${others}.`;
}

function printTime(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
