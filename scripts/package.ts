import { resolve } from "node:path";
import { buildApplication, buildFolder } from "./building";
import { generateClient } from "./client";
import { runCommand } from "./command";
import { alreadyRunning, readLauncher } from "./launcher";
import { packageApplication, packageFolder } from "./packaging";
import { copyPdfAssets } from "./pdf-assets";

/** npm run package: makes a folder that needs only Node, for a server or an image. */
await runCommand(async () => {
  const desk = readLauncher();
  if (desk?.kind === "desk" && buildFolder === ".next") throw alreadyRunning(desk);
  await generateClient(console.log);
  copyPdfAssets();
  await buildApplication(console.log);
  await packageApplication();
  console.log(`The package is ${resolve(packageFolder)}: copy it to where it runs, and see docs/operations.md.`);
  return 0;
});
