import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Stop } from "../command/stop";

type Component = { "bom-ref": string; name: string; version: string; [key: string]: unknown };

/** The parts of a CycloneDX document that this code uses (specification 1.5). */
export type BillOfMaterials = {
  bomFormat: "CycloneDX";
  specVersion: string;
  serialNumber?: string;
  version: number;
  metadata: { timestamp?: string; component: Component; [key: string]: unknown };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
};

/**
 * Lists the installed packages with npm, offline. The same installation always gives the same list, except for the
 * serial number: the timestamp and the folder's name are removed, and everything is sorted.
 * @throws Stop if the installed packages are not those of package.json
 */
export function listMaterials(): BillOfMaterials {
  const npm = process.env.npm_execpath ?? "";
  const args = ["sbom", "--sbom-format", "cyclonedx", "--loglevel=error"];
  const [program, first] = npm.endsWith("npm-cli.js") ? [process.execPath, [npm]] : ["npm", []];
  const { status, stdout } = spawnSync(program, [...first, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Stop("npm could not list the packages: see the reason above.");
  return settle(JSON.parse(stdout));
}

function settle(bill: BillOfMaterials): BillOfMaterials {
  const { name } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string };
  const { timestamp: _timestamp, ...metadata } = bill.metadata;
  const by =
    <T>(key: (item: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : 1;
  return {
    ...bill,
    metadata: { ...metadata, component: { ...metadata.component, type: "application", name } },
    components: bill.components.toSorted(by((component) => component["bom-ref"])),
    dependencies: bill.dependencies
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.toSorted() }))
      .toSorted(by(({ ref }) => ref)),
  };
}
