import type { Worker } from "node:cluster";

/** Sends a message to one of the server's processes. One that has just died does not get it, which does no harm. */
export function tellWorker(worker: Worker, message: object): void {
  if (worker.isConnected()) worker.send(message, nobodyThere);
}

/** Sends a message to the server's primary process; does nothing where this process has none. */
export function tellPrimary(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, nobodyThere);
}

/**
 * Takes the errors of sending. Unheard, such an error would end the process that sent, and with the primary the desk.
 */
function nobodyThere(): void {}
