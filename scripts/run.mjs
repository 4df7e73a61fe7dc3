import { run } from "./install.mjs";

const [name, ...rest] = process.argv.slice(2);

// Everything but these works on the desk's database, and so needs one to be up.
if (name === "build" || name === "package" || name === "bench" || name === "sbom") await run(name, rest);
else await run("with-database", [name, ...rest]);
