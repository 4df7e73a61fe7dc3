import { becomeLauncher } from "@/scripts/database/launcher";

// One of several desks that start at once: prints whether it got the folder, and stays until its input ends.
const other = await becomeLauncher("desk", () => undefined);
console.log(other ? `after ${other.pid}` : `the one ${process.pid}`);
process.stdin.resume();
