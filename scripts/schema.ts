import { writeFileSync } from "node:fs";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { migrate } from "@/lib/database/migrate/migrations";
import { createDatabase } from "@/tests/database/databases";
import { connect, migrationOf, prepareServer } from "@/tests/database/installation";
import { startTestServer } from "@/tests/database/server";
import { atEnd, runCommand } from "./command/command";
import { describeSchema } from "./database/schema-text";

/** npm run db:schema: rewrites docs/schema.sql from a temporary database that is migrated from nothing. */
await runCommand(async () => {
  const { server, stop } = await startTestServer();
  atEnd(stop);
  await prepareServer(server);
  const database = await createDatabase(server, "empty");
  await migrate(migrationOf(database));
  {
    await using owner = await connect(database.owner);
    writeFileSync("docs/schema.sql", await describeSchema(owner, readMigrations("sql")));
  }
  console.log("docs/schema.sql is written.");
  return 0;
});
