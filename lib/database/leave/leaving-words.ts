import type { LeavingPlan } from "./leaving-plan";

/**
 * Our tables that hold what people wrote or decided, and what to call it. The others are the desk's own bookkeeping.
 */
const lost: Record<string, string> = {
  contact_notes: "notes",
  contact_history: "rows of history",
  change_batches: "changes made by staff",
  staff: "people who sign in",
  views: "saved views",
  contact_exports: "records of exports",
};

/** The plan of leaving, as text for a terminal. */
export function describeLeaving(plan: LeavingPlan): string {
  return [
    `Contact Desk leaves the database ${plan.database}, as ${plan.owner}.${plan.begun ? " An earlier run was interrupted; this one goes on where it stood." : ""}`,
    "",
    "What is lost for good:",
    ...describeLost(plan),
    "",
    "Before that, keep what you want to have:",
    '  pg_dump --format=custom --file=before-leaving.dump "$DATABASE_DIRECT_URL"   everything, to be restored as it is now',
    "  the button Export on the page Contacts                                       contacts as a file, with assignee and status",
    "",
    "What goes:",
    ...describeGoing(plan),
    "",
    "What stays as it is:",
    "  The website's tables with every row and column of theirs, their views, indexes, rights and defaults.",
    "  What the desk wrote into the website's own columns: the status of each contact, and updated_at.",
    ...plan.stays.map((line) => `  ${line}`),
    ...section("What goes with it, although it is not Contact Desk's:", plan.alsoGoes),
    ...section("It cannot be done as it is:", plan.problems),
    "",
    `The website can go on writing: each of its statements waits a third of a second at most.${
      plan.sessions
        ? ` Stop Contact Desk's servers first: ${plan.application} has ${plan.sessions} connections open.`
        : " Stop Contact Desk's servers first."
    }`,
  ].join("\n");
}

function describeLost({ tables, decided }: LeavingPlan): string[] {
  const rows = new Map(tables.map(({ name, rows }) => [name, rows]));
  return [
    ...Object.entries(lost).map(([table, words]) => `  ${print(rows.get(table) ?? 0)} ${words}`),
    `  on contacts: ${print(decided.assigned)} assignees, ${print(decided.snoozed)} snoozes, ${print(decided.withReason)} reasons for spam, ${print(decided.duplicates)} marks of a duplicate`,
  ];
}

function describeGoing({ goes, tables, restored, dropped, rights }: LeavingPlan): string[] {
  const line = (what: string, names: string[]) => (names.length ? [`  ${what}: ${names.join(", ")}`] : []);
  return [
    ...line(
      "tables",
      tables.map(({ name }) => name),
    ),
    ...line(
      "columns",
      goes.columns.map(({ table, name }) => `${table}.${name}`),
    ),
    ...line(
      "triggers",
      goes.triggers.map(({ table, name }) => `${name} on ${table}`),
    ),
    ...line("indexes", goes.indexes),
    ...line("statistics", goes.statistics),
    ...line("functions", [...goes.functions, ...dropped]),
    ...line("collations", goes.collations),
    ...line("extensions, which were not there at adoption and which nothing else uses", goes.extensions),
    ...line(
      "rights",
      rights.map(({ role, on, privilege }) => `${privilege} on ${on} from ${role}`),
    ),
    ...line(
      "new bodies of the website's functions, whose old ones are put back",
      restored.map(({ name }) => name),
    ),
  ];
}

function section(title: string, lines: string[]): string[] {
  return lines.length ? ["", title, ...lines.map((line) => `  ${line}`)] : [];
}

const print = (count: number) => count.toLocaleString("en");
