import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerUnreadable } from "@/lib/server/http/unreadable";

let server: Server;

beforeAll(async () => {
  server = createServer({ maxHeaderSize: 16_384 }, (_request, response) => void response.end("read"));
  server.on("clientError", answerUnreadable);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => server.close());

function send(text: string): Promise<string> {
  return new Promise((answered) => {
    let answer = "";
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => answered(answer));
  });
}

test("an address too long to be read is answered in words, with a way back", async () => {
  const answer = await send(`GET /contacts?${"service=x&".repeat(2_000)} HTTP/1.1\r\nHost: desk\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  expect(answer).toContain("That address is too long");
  expect(answer).toContain('href="/contacts"');
});

test("what is no request is answered as Node itself would, without a word", async () => {
  expect(await send("HELLO\r\n\r\n")).toBe(
    "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
  );
  expect(await send("GET / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 OK/);
});
