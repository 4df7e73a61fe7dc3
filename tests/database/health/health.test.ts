import { afterEach, expect, inject, test } from "vitest";
import { GET as answerReady } from "@/app/api/health/ready/route";
import { GET as answerAlive } from "@/app/api/health/route";
import { checkReadiness, readyWithin } from "@/lib/database/health";
import { ofProcess } from "@/lib/runtime/of-process";
import { endReadiness, withoutConnections } from "../of-process";
import { type NetworkProxy, startProxy } from "../proxy";

const direct = process.env.DATABASE_URL ?? "";
let proxy: NetworkProxy | undefined;

async function throughProxy(): Promise<NetworkProxy> {
  proxy = await startProxy(inject("server").port);
  const url = new URL(direct);
  url.port = String(proxy.port);
  process.env.DATABASE_URL = url.toString();
  return proxy;
}

afterEach(async () => {
  await endReadiness();
  await proxy?.close();
  proxy = undefined;
  process.env.DATABASE_URL = direct;
});

test("a hundred who ask at once share one check on one connection", async () => {
  const network = await throughProxy();
  const answers = await Promise.all(Array.from({ length: 100 }, () => checkReadiness()));
  expect(answers.every(({ ready }) => ready)).toBe(true);
  await checkReadiness();
  expect(network.opened()).toBe(1);
});

test("an exhausted pool is ready all the same, and liveness does not ask the database", async () => {
  await withoutConnections(async () => {
    expect((await answerReady()).status).toBe(200);
    expect(answerAlive().status).toBe(200);
  });
});

test("a database that has gone silent is not ready after a second, and ready again when it is back", async () => {
  const network = await throughProxy();
  expect(await checkReadiness()).toEqual({ ready: true });
  network.silence();
  const started = Date.now();
  const answer = await answerReady();
  expect(Date.now() - started).toBeLessThan(4 * readyWithin);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("Retry-After")).toBe("2");
  expect(await answer.json()).toEqual({ status: "unavailable", reason: "database" });
  network.resume();
  expect(await checkReadiness()).toEqual({ ready: true });
});

test("a connection cut between two checks is replaced", async () => {
  const network = await throughProxy();
  expect(await checkReadiness()).toEqual({ ready: true });
  network.cut();
  await expect.poll(() => ofProcess("readiness", () => ({ client: undefined as unknown })).client).toBeNull();
  expect(await checkReadiness()).toEqual({ ready: true });
  expect(network.opened()).toBe(2);
});

test("a database that cannot be reached is not ready, and says no more than that", async () => {
  process.env.DATABASE_URL = "postgresql://desk:Sample77@127.0.0.1:1/desk";
  const answer = await answerReady();
  expect(answer.status).toBe(503);
  expect(await answer.text()).toBe('{"status":"unavailable","reason":"database"}');
});
