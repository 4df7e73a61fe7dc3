import { createServer } from "node:http";
import { stopBackup } from "@/lib/backup/stop";
import { listExpectedMigrations } from "@/lib/database/migrate/previous-version";
import { readSetting, readSettings } from "@/lib/settings/settings";
import { createDeskServer, stopServer } from "./desk-server";
import { readActionLimits } from "./http/action-limits";
import { tellMeasures } from "./measures/measure-merge";
import { readDestinations } from "./measures/screens-of-build";
import { tellWork } from "./measures/server-work";
import { shareStatements } from "./measures/statement-sharing";
import { startTraces } from "./measures/traces";
import { watchSchema } from "./schema-watch";

/**
 * Serves the desk in this process: our own HTTP server in front of Next, at PORT and HOST. It serves nothing until the
 * database has this version's schema or the previous one's. SIGTERM and SIGINT end it when the requests in flight have
 * been answered.
 */
export async function serveDesk(): Promise<void> {
  const stopTraces = await startTraces();
  const { default: next } = await import("next");
  const development = process.env.NODE_ENV === "development";
  const { PORT: port, HOST: host } = readSettings(["PORT", "HOST"]);

  // Next listens for upgrades on the server it is given, which only its development mode needs. So it gets one that
  // never listens, and the desk's own server passes upgrades to it only in development.
  const upgrades = createServer();
  const app = next({ dev: development, hostname: host ?? "localhost", port, httpServer: upgrades });
  await app.prepare();
  tellMeasures();
  tellWork();
  shareStatements();
  await watchSchema(listExpectedMigrations("sql"));
  const build = readSetting("NEXT_DIST_DIR");
  const limits = development ? new Map<string, number>() : readActionLimits(build);
  const server = createDeskServer(app.getRequestHandler(), limits, readDestinations(build));
  if (development) server.on("upgrade", (...args) => upgrades.emit("upgrade", ...args));

  server.once("error", (error) => {
    console.error(`The desk cannot listen: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, host, () => console.log(`Ready on port ${port}.`));

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([stopServer(server), stopBackup()]);
    await app.close();
    await stopTraces();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
}
