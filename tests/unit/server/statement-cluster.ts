import { spawnSync } from "node:child_process";
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { createServer } from "node:net";
import { countStatement, findStatementText, nameStatement } from "@/lib/runtime/statement-times";
import { relayStatements, shareStatements } from "@/lib/server/measures/statement-sharing";
import { tellWorker } from "@/lib/server/tell-process";

// A cluster of two processes and one that begins later. Prints what the second
// and the third know of a statement that the first ran, and the second once more when the first has been killed.

const statement = "select a from t where b = $1";

if (cluster.isPrimary) await lead();
else work();

async function lead(): Promise<void> {
  relayStatements();
  const [first, second] = [await begin(), await begin()];
  first.send("run");
  const answers = [await ask(second), await ask(await begin())];
  // Dead, and not known to be yet: what is written to it fails, and the one that wrote goes on.
  const gone = once(first, "exit");
  first.process.kill("SIGKILL");
  // Without a turn of the loop, in which its end would be heard.
  spawnSync("tail", [`--pid=${first.process.pid}`, "-f", "/dev/null"], { timeout: 200 });
  tellWorker(first, { desk: "statement", id: "late", text: statement });
  await gone;
  answers.push(await ask(second));
  console.log(JSON.stringify(answers));
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill("SIGKILL");
}

/** Begins a worker, and comes back when it listens. */
function begin(): Promise<Worker> {
  const worker = cluster.fork();
  return new Promise((resolve) => {
    worker.once("listening", () => resolve(worker));
  });
}

/** What a worker knows of the statement: asked until it knows it. */
function ask(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    worker.on("message", (message: unknown) => {
      if (typeof message !== "object" || message === null || !("known" in message)) return;
      if (message.known === null) worker.send("ask");
      else resolve(String(message.known));
    });
    worker.send("ask");
  });
}

function work(): void {
  shareStatements();
  process.on("message", (order) => {
    if (order === "run") countStatement("/contacts", statement, 1, 1);
    if (order === "ask") process.send?.({ known: findStatementText(nameStatement(statement)) });
  });
  createServer().listen(0, "127.0.0.1");
}
