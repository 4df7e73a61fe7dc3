import { connect, createServer, type Socket } from "node:net";

export type NetworkProxy = {
  port: number;
  /** Connections that have been made through it. */
  opened(): number;
  /** From here on nothing passes, in either direction: the network is a black hole. */
  silence(): void;
  /** Lets through again what is sent from here on. */
  resume(): void;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
};

/** A TCP proxy between the application and its database, for faults of the network. */
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
