import { connect as connectSocket, createServer, type Socket } from "node:net";

/**
 * Imitates PgBouncer in one respect: it passes the server's messages on, but announces an invented process id in
 * BackendKeyData, as poolers do.
 */
export async function startPooler(target: string): Promise<{ url: string } & AsyncDisposable> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectSocket(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    client.pipe(upstream);
    upstream.on("data", (chunk) => client.write(announceAnother(chunk)));
    upstream.on("close", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: url.toString(),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** BackendKeyData: 'K', a length of 12, the process, the secret. */
function announceAnother(chunk: Buffer): Buffer {
  const at = chunk.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  if (at >= 0) chunk.writeInt32BE(chunk.readInt32BE(at + 5) ^ 1, at + 5);
  return chunk;
}
