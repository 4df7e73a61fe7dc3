import { connect, createServer, type Socket } from "node:net";

export type NetworkProxy = {
  port: number;
  /** Connections that have been made through it. */
  opened(): number;
  /** From now on nothing passes in either direction, as if the network were a black hole. */
  silence(): void;
  /** From now on, lets everything that is sent pass again. */
  resume(): void;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
};

/** A TCP proxy between the application and its database, to simulate network faults. */
export function startProxy(target: number): Promise<NetworkProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  let opened = 0;
  const server = createServer((near) => {
    opened++;
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => silent || to.write(chunk));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        if (!silent) to.destroy();
      });
    }
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((started) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      started({
        port: typeof address === "object" && address ? address.port : 0,
        opened: () => opened,
        silence: () => {
          silent = true;
        },
        resume: () => {
          silent = false;
        },
        cut,
        close: () =>
          new Promise((closed) => {
            cut();
            server.close(() => closed());
          }),
      });
    });
  });
}
