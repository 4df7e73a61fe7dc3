import cluster, { type Worker } from "node:cluster";
import { hearStatement, tellNewStatements } from "@/lib/runtime/statement-times";
import { tellPrimary, tellWorker } from "../tell-process";

/** A statement that one process of a server ran first. The others are told, so that each of them can show its plan. */
type Message = { desk: "statement"; id: string; text: string };

/** How many statements a new process is told. */
const most = 600;

function isStatement(message: unknown): message is Message {
  return typeof message === "object" && message !== null && "desk" in message && message.desk === "statement";
}

/**
 * Lets a worker tell the others of its statements, and hear of theirs. Every process calls it once; it does nothing
 * outside a worker.
 */
export function shareStatements(): void {
  if (!cluster.isWorker) return;
  tellNewStatements((id, text) => tellPrimary({ desk: "statement", id, text } satisfies Message));
  process.on("message", (message: unknown) => {
    if (isStatement(message)) hearStatement(message.id, message.text);
  });
}

/**
 * Passes on each worker's statements to the other workers, and to those that start later. Called once, by the primary
 * of a cluster.
 */
export function relayStatements(): void {
  const known = new Map<string, Message>();
  cluster.on("message", (teller: Worker, message: unknown) => {
    if (!isStatement(message)) return;
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size >= most) known.delete(oldest);
    known.set(message.id, message);
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (worker && worker.id !== teller.id) tellWorker(worker, message);
    }
  });
  cluster.on("listening", (worker: Worker) => {
    for (const message of known.values()) tellWorker(worker, message);
  });
}
