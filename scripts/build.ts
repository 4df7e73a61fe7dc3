import { buildApplication, buildFolder } from "./building";
import { generateClient } from "./client";
import { runCommand } from "./command";
import { alreadyRunning, readLauncher } from "./launcher";
import { copyPdfAssets } from "./pdf-assets";

await runCommand(async () => {
  const desk = readLauncher();
  if (desk?.kind === "desk" && buildFolder === ".next") throw alreadyRunning(desk);
  await generateClient(console.log);
  copyPdfAssets();
  await buildApplication(console.log, true);
  return 0;
});
