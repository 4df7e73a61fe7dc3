import { lookForDue } from "@/lib/backup/scheduler";

/** One desk server's part in backups: checks once whether a backup is due at the given instant, and makes it. */
const made = await lookForDue(new Date(process.argv[2] ?? ""));
console.log(made ? "made" : "left to another");
process.exit(0);
