import { run } from "./install.mjs";

await run("serve", process.argv.slice(2));
