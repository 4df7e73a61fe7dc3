import { writeFileSync } from "node:fs";
import { listMaterials } from "./building/bill-of-materials";
import { runCommand } from "./command/command";

/** npm run --silent sbom [-- FILE]: the installed packages as CycloneDX, to standard output or a file. */
await runCommand(async () => {
  const [file] = process.argv.slice(2);
  const text = `${JSON.stringify(listMaterials(), null, 2)}\n`;
  if (file) writeFileSync(file, text);
  else await new Promise((written) => process.stdout.write(text, written));
  return 0;
});
