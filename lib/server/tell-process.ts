import type { Worker } from "node:cluster";

/** Tells one of the server's processes something. One that has just died hears nothing, and that is all. */
export function tellWorker(worker: Worker, message: object): void {
  if (worker.isConnected()) worker.send(message, nobodyThere);
}

/** Tells the primary process of the server something; nothing where this process has none. */
export function tellPrimary(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, nobodyThere);
}

/** Without it, an error of sending is an event that nobody hears: it would end the process that sent, and the desk with it. */
function nobodyThere(): void {}
