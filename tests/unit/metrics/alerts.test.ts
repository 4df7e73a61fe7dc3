import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { printMetrics } from "@/lib/metrics/print";
import { getMeasures } from "@/lib/runtime/measures";

const folder = "deploy/prometheus";

/** Runs promtool among the files for Prometheus; gives its words where it finds something wrong. */
function promtool(args: string[], input = ""): { code: number | null; said: string } {
  const program = process.env.PROMTOOL_PATH || "/usr/local/lib/contact-desk/promtool";
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, input, encoding: "utf8" });
  if (error) throw error;
  return { code: status, said: `${stdout}${stderr}` };
}

/** The names of metrics in an expression: words that are no function, no label and no word of the language. */
function listMetrics(expression: string): string[] {
  const bare = expression.replace(/\{[^}]*\}/g, "").replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, "");
  return [...bare.matchAll(/\b[a-z_]+\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => name.includes("_") || name === "up");
}

let printed = "";
/** Every series' name that the desk tells, histograms' parts included. */
const told = new Set<string>();

beforeAll(async () => {
  // There is no database here: the names are told all the same.
  getMeasures().requestSeconds.observe({ route: "/contacts", status: "200" }, 0.1);
  printed = await printMetrics();
  for (const [, name = "", type] of printed.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    told.add(name);
    if (type === "histogram") for (const part of ["bucket", "sum", "count"]) told.add(`${name}_${part}`);
  }
});

describe("what Prometheus gets is right", () => {
  test.each([
    ["its rules", ["check", "rules", "alerts.yml"]],
    ["its settings", ["check", "config", "--syntax-only", "prometheus.yml"]],
    ["each alert, which fires when it should and not before", ["test", "rules", "alerts.test.yml"]],
  ])(
    "%s",
    (_what, args) => {
      const { code, said } = promtool(args);
      expect(code, said).toBe(0);
    },
    60_000,
  );

  test("the names and words of the metrics", () => {
    expect(promtool(["check", "metrics"], printed)).toEqual({ code: 0, said: "" });
  });
});

describe("every metric that is asked for is one that the desk tells", () => {
  // The node exporter's, and Prometheus' own.
  const others = ["up", "node_filesystem_avail_bytes", "node_filesystem_size_bytes"];
  const rules = readFileSync(`${folder}/alerts.yml`, "utf8");
  const expressions = [...rules.matchAll(/^ +expr: (?:\|\n((?: {10,}.*\n)+)|(.*)\n)/gm)].map(
    ([, many, one]) => many ?? one ?? "",
  );
  const dashboard: { uid: string; panels: { id: number; title: string; targets?: { expr: string }[] }[] } = JSON.parse(
    readFileSync("deploy/grafana/dashboard.json", "utf8"),
  );
  const targets = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  test("by the alerts", () => {
    expect(expressions).toHaveLength([...rules.matchAll(/- alert:/g)].length);
    const asked = expressions.flatMap(listMetrics);
    expect(asked.length).toBeGreaterThanOrEqual(expressions.length);
    expect(asked.filter((name) => !told.has(name) && !others.includes(name))).toEqual([]);
  });

  test("by the dashboard, which shows each", () => {
    const asked = new Set(targets.flatMap(listMetrics));
    expect([...asked].filter((name) => !told.has(name) && !others.includes(name))).toEqual([]);
    const families = [...printed.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
    const shown = [...asked].map((name) => name.replace(/_(bucket|sum|count)$/, ""));
    expect(families.filter((name) => ![...asked, ...shown].includes(name))).toEqual([]);
  });

  test("and its expressions are ones that Prometheus reads", () => {
    const groups = targets.map((expr, index) => ({ record: `panel_${index}`, expr }));
    const file = join(mkdtempSync(join(tmpdir(), "contact-desk-rules-")), "panels.yml");
    // Rules that are JSON are YAML, too.
    writeFileSync(file, JSON.stringify({ groups: [{ name: "panels", rules: groups }] }));
    const { code, said } = promtool(["check", "rules", file]);
    rmSync(dirname(file), { recursive: true });
    expect(code, said).toBe(0);
  });

  test("each alert is tried, and told of in docs/metrics.md as each metric is", () => {
    const alerts = [...rules.matchAll(/- alert: (\S+)/g)].map(([, name = ""]) => name);
    const tried = readFileSync(`${folder}/alerts.test.yml`, "utf8");
    expect(alerts.filter((name) => !tried.includes(`alertname: ${name}\n        exp_alerts:\n`))).toEqual([]);
    const docs = readFileSync("docs/metrics.md", "utf8");
    const families = [...printed.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
    expect([...alerts, ...families].filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
    const rows = [...docs.matchAll(/^\| `([^`{]+)/gm)].map(([, name = ""]) => name);
    expect(rows.filter((name) => ![...alerts, ...families].includes(name))).toEqual([]);
  });
});
