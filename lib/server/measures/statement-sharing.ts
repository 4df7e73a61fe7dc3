import cluster, { type Worker } from "node:cluster";
import { hearStatement, tellNewStatements } from "@/lib/runtime/statement-times";
import { tellPrimary, tellWorker } from "../tell-process";

/** A statement that one process of a server has run first, so that each of them can show its plan. */
type Message = { desk: "statement"; id: string; text: string };

/** Statements that are told to a process which begins. */
const most = 600;

function isStatement(message: unknown): message is Message {
  return typeof message === "object" && message !== null && "desk" in message && message.desk === "statement";
}

/** Lets a worker tell the others of its statements, and hear theirs. Called once, by every process; does nothing in any other. */
export function shareStatements(): void {
  if (!cluster.isWorker) return;
  tellNewStatements((id, text) => tellPrimary({ desk: "statement", id, text } satisfies Message));
  process.on("message", (message: unknown) => {
    if (isStatement(message)) hearStatement(message.id, message.text);
  });
}

/** Hands on what one worker tells to the others, and to those that begin later; called once, by the primary of a cluster. */
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
