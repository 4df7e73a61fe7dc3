import { connect } from "node:net";
import { findFreePort } from "@/scripts/command/processes";
import { startApplication } from "../server";
import { expect, test } from "../test";

/** Whether a server listens at an address. 127.0.0.2 is this machine too, but not the same address as 127.0.0.1. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((found) => {
    const socket = connect({ host, port });
    socket.once("connect", () => {
      socket.destroy();
      found(true);
    });
    socket.once("error", () => found(false));
  });
}

for (const [host, elsewhere] of [
  ["127.0.0.1", false],
  ["0.0.0.0", true],
  ["", true],
] as const) {
  test(`a server with HOST=${host} is ${elsewhere ? "" : "not "}reached at another address`, async () => {
    const port = await findFreePort();
    const application = await startApplication(port, { HOST: host });
    try {
      expect(await answers("127.0.0.1", port)).toBe(true);
      expect(await answers("127.0.0.2", port)).toBe(elsewhere);
    } finally {
      application.kill("SIGKILL");
    }
  });
}
