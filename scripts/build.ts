import { buildApplication, buildFolder } from "./building/building";
import { generateClient } from "./building/client";
import { copyPdfAssets } from "./building/pdf-assets";
import { runCommand } from "./command/command";
import { alreadyRunning, readLauncher } from "./database/launcher";

await runCommand(async () => {
  const desk = readLauncher();
  if (desk?.kind === "desk" && buildFolder === ".next") throw alreadyRunning(desk);
  await generateClient(console.log);
  copyPdfAssets();
  await buildApplication(console.log, true);
  return 0;
});
