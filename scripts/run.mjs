import { run } from "./install.mjs";

const [name, ...rest] = process.argv.slice(2);

// These commands do not need the desk's database; all others do. A restore is for when there is none.
if (["build", "package", "bench", "record-version", "sbom", "restore", "schema"].includes(name)) await run(name, rest);
else await run("with-database", [name, ...rest]);
