import { run } from "./install.mjs";

const [name, ...rest] = process.argv.slice(2);

// Everything but these works on the desk's database, and so needs one to be up.
// A restore is for when there is none.
if (["build", "package", "bench", "record-version", "sbom", "restore", "schema"].includes(name)) await run(name, rest);
else await run("with-database", [name, ...rest]);
