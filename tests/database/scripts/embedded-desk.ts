import { expectStop, runCommand } from "@/scripts/command/command";
import { openDatabase } from "@/scripts/database/desk-database";
import { announcePort } from "@/scripts/database/launcher";

// A desk, or a command, without the application: it opens the database of the folder it runs in and says so.
const kind = process.argv[2] === "command" ? "command" : "desk";

await runCommand(async () => {
  await openDatabase(kind, (line) => console.log(line));
  if (kind === "desk") {
    announcePort(4321);
    expectStop();
  }
  console.log(`open ${process.env.DATABASE_DIRECT_URL} ${process.env.DATABASE_URL}`);
  if (kind === "command") return 0;
  return new Promise<number>(() => setInterval(() => undefined, 1_000));
});
