import cluster from "node:cluster";
import { countProcesses, runProcesses } from "@/lib/server/processes";
import { requireSettings } from "@/lib/server/start-check";

// The program that serves the desk, bundled beside the build. With several processes this one only supervises the
// others. So the serving code is loaded only by processes that serve.
if (cluster.isPrimary) requireSettings();
const count = countProcesses();
if (cluster.isPrimary && count > 1) runProcesses(count);
else {
  const { serveDesk } = await import("@/lib/server/serve");
  await serveDesk();
}
