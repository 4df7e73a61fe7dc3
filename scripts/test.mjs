import { run } from "./install.mjs";

await run("check", process.argv.slice(2));
