import { MigrationError } from "@/lib/database/migrate/migration-files";
import { migrate } from "@/lib/database/migrate/migrations";
import { Stop } from "../command/stop";
import { askForConsent } from "./consent";
import type { DeskDatabase } from "./desk-database";

/** Migrates the database before the desk starts. Tables of others are adopted only with consent. */
export async function migrateDesk({ owner, application }: DeskDatabase, say: (line: string) => void): Promise<void> {
  try {
    const applied = await migrate({ owner, application, adopt: askForConsent, report: quietFor(say) });
    if (applied.length) say(`The database is up to date: ${applied.length} migrations applied.`);
  } catch (error) {
    if (error instanceof MigrationError) throw new Stop(error.message);
    throw error;
  }
}

/** Reports only unusual lines. The line for each applied file belongs to npm run db:migrate. */
function quietFor(say: (line: string) => void): (line: string) => void {
  return (line) => {
    if (!line.endsWith(" applied")) say(line);
  };
}
