import { resolve } from "node:path";
import { buildApplication, buildFolder } from "./building/building";
import { generateClient } from "./building/client";
import { packageApplication, packageFolder } from "./building/packaging";
import { copyPdfAssets } from "./building/pdf-assets";
import { runCommand } from "./command/command";
import { alreadyRunning, readLauncher } from "./database/launcher";

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
