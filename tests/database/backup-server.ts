import { lookForDue } from "@/lib/backup/scheduler";

/** A server of the desk's, as far as backups go: looks once whether one is due at the given instant, and makes it. */
const made = await lookForDue(new Date(process.argv[2] ?? ""));
console.log(made ? "made" : "left to another");
process.exit(0);
