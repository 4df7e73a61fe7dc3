import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prometheus } from "@/scripts/checks/programs";
import { findFreePort } from "@/scripts/command/processes";

export type Prometheus = {
  /** The answer of its own API, below /api/v1. */
  ask<T>(path: string): Promise<T>;
  /** The current values of an expression. */
  query(expression: string): Promise<{ metric: Record<string, string>; value: [at: number, value: string] }[]>;
  close(): Promise<void>;
};

/**
 * Prometheus with deploy/prometheus as it stands, except the desk's address and token, and the times: it scrapes every
 * second, and an alert that waits for minutes waits for a second.
 */
export async function startPrometheus(deskPort: number, token: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-prometheus-"));
  chmodSync(folder, 0o700);
  const read = (name: string) => readFileSync(join("deploy/prometheus", name), "utf8");
  writeFileSync(join(folder, "token"), token);
  writeFileSync(join(folder, "alerts.yml"), read("alerts.yml").replaceAll(/\bfor: \d+m/g, "for: 1s"));
  writeFileSync(
    join(folder, "prometheus.yml"),
    read("prometheus.yml")
      .replaceAll(/_interval: 15s/g, "_interval: 1s")
      .replace("/etc/prometheus/metrics_token", join(folder, "token"))
      .replace("app:3000", `127.0.0.1:${deskPort}`)
      .replace("node-exporter:9100", "127.0.0.1:9"),
  );
  const port = await findFreePort();
  const base = `http://127.0.0.1:${port}/api/v1`;
  const child = spawn(
    process.env.PROMETHEUS_PATH || (prometheus.paths.find((path) => existsSync(path)) ?? ""),
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=warn",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const ask = async <T>(path: string): Promise<T> => (await (await fetch(base + path)).json()).data as T;
  await untilItAnswers(base, child);
  return {
    ask,
    async query(expression) {
      const { result } = await ask<{ result: Awaited<ReturnType<Prometheus["query"]>> }>(
        `/query?${new URLSearchParams({ query: expression })}`,
      );
      return result;
    },
    async close() {
      const ended = new Promise((over) => child.once("exit", over));
      if (child.exitCode === null) child.kill("SIGTERM");
      if (child.exitCode === null) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(base: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const there = await fetch(`${base}/status/buildinfo`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (there) return;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`Prometheus ended with code ${child.exitCode}.`);
}
