import { Agent, type IncomingMessage, request } from "node:http";

/** Pages requested without a pause until `stop` is called, which returns how often each outcome occurred. */
export type SteadyLoad = { stop(): Promise<Record<string, number>>; answered(): number };

/**
 * Requests a page over kept connections, each again as soon as it is answered. An outcome is a status or an error code.
 */
export function startLoad(address: string, cookie: string, connections = 16): SteadyLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const seen: Record<string, number> = {};
  let running = true;
  const ask = () =>
    new Promise<string>((resolve) => {
      const asking = request(address, { agent, headers: { cookie } }, (answer: IncomingMessage) => {
        answer.resume();
        answer.once("end", () => resolve(String(answer.statusCode)));
        answer.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "cut"));
      });
      asking.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
      asking.end();
    });
  const loops = Array.from({ length: connections }, async () => {
    while (running) {
      const outcome = await ask();
      seen[outcome] = (seen[outcome] ?? 0) + 1;
    }
  });
  return {
    answered: () => seen["200"] ?? 0,
    async stop() {
      running = false;
      await Promise.all(loops);
      agent.destroy();
      return seen;
    },
  };
}
