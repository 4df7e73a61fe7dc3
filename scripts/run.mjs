import { run } from "./install.mjs";

const [name, ...rest] = process.argv.slice(2);

// Everything but the build works on the database, and so needs one to be up.
if (name === "build") await run("build", rest);
else await run("with-database", [name, ...rest]);
