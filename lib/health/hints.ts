import type { HealthAccess } from "./access";
import type { Statistics } from "./statement-statistics";

/**
 * What the page could show in addition, and the line that a server administrator runs for it. Null if no line does it.
 */
export type Hint = { words: string; line: string | null };

/** What is missing for a complete page. None of it is an error. */
export function listHints(access: HealthAccess, state: Statistics["state"]): Hint[] {
  const role = quoteName(access.role);
  const hints: Hint[] = [];
  if (!access.seesOthers) {
    hints.push({
      words: "The desk sees what its own sessions do, and of others only that they are there.",
      line: `grant pg_monitor to ${role};`,
    });
  }
  return [...hints, ...statisticsHints(access, state, role)];
}

function statisticsHints(
  { database, statementsSchema }: HealthAccess,
  state: Statistics["state"],
  role: string,
): Hint[] {
  switch (state) {
    case "missing":
      return [
        {
          words: `The database does not count its statements yet. In ${database}:`,
          line: "create extension pg_stat_statements;",
        },
      ];
    case "not loaded":
      return [
        {
          words:
            "The extension pg_stat_statements is there, but the server was started without it. In postgresql.conf, then restart it:",
          line: "shared_preload_libraries = 'pg_stat_statements'",
        },
      ];
    case "forbidden":
      return [
        {
          words: "The database counts its statements, and the desk's role may not read them.",
          line: `grant usage on schema ${quoteName(statementsSchema ?? "public")} to ${role};`,
        },
      ];
    case "unavailable":
      return [
        {
          words:
            "The server has no pg_stat_statements, so it does not count statements. It comes with PostgreSQL's contrib package.",
          line: null,
        },
      ];
    default:
      return [];
  }
}

/** A name, quoted for SQL if necessary. */
function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
