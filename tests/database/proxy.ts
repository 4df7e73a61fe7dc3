import { connect, createServer, type Socket } from "node:net";

export type NetworkProxy = {
  port: number;
  /** Connections that have been made through it. */
  opened(): number;
  /** From now on nothing passes in either direction, as if the network were a black hole. */
  silence(): void;
  /** From now on the database hears everything, and none of its answers arrive. */
  loseAnswers(): void;
  /** What the application has sent, as latin1. */
  sent(): string;
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
  let answers = true;
  let opened = 0;
  let sent = "";
  const server = createServer((near) => {
    opened++;
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => {
        if (from === near) sent += chunk.toString("latin1");
        if (!silent && (from === near || answers)) to.write(chunk);
      });
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
        loseAnswers: () => {
          answers = false;
        },
        sent: () => sent,
        resume: () => {
          silent = false;
          answers = true;
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
