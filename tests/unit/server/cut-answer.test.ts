import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { resetWhereCut } from "@/lib/server/http/cut-answer";

afterEach(() => vi.restoreAllMocks());

/**
 * How a connection ended, as the server ended it. Not asked of a client in Node, because libuv takes a reset behind
 * unread bytes for an orderly end, which other clients do not.
 */
async function endOf(version: "1.0" | "1.1", listener: RequestListener): Promise<"reset" | "closed"> {
  const reset = vi.spyOn(Socket.prototype, "resetAndDestroy");
  const server = createServer((request, response) => {
    resetWhereCut(request, response);
    listener(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => undefined);
  client.resume().write(`GET / HTTP/${version}\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await once(client, "close");
  server.close();
  return reset.mock.calls.length > 0 ? "reset" : "closed";
}

const breakOff: RequestListener = (_request, response) => {
  response.write("half of it");
  setImmediate(() => response.destroy(new Error("the database is gone")));
};

test("an answer of HTTP/1.0 that breaks off ends with a reset, because its client would take a close for its end", async () => {
  expect(await endOf("1.0", breakOff)).toBe("reset");
});

test("a whole one, and one that has a last chunk to miss, end as always", async () => {
  expect(await endOf("1.0", (_request, response) => response.end("all of it"))).toBe("closed");
  expect(await endOf("1.1", breakOff)).toBe("closed");
});
