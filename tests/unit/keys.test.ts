import { describe, expect, test } from "vitest";
import { pages } from "@/components/desk/pages";
import { type Command, commands, groups, keyScopes } from "@/components/keys/commands";
import { printKeys, readPress, typesCharacter } from "@/components/keys/press";
import { readSequence } from "@/components/keys/sequence";
import { statuses, statusOrder } from "@/lib/contact/status";

const type = (key: string, more = {}) =>
  readPress({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

/** What a row of presses does, as the host would hear them. */
function press(...presses: (string | null)[]): string[] {
  let begun = null as Parameters<typeof readSequence>[1];
  let found: Command[] = [];
  for (const [at, each] of presses.entries()) {
    ({ commands: found, begun } = readSequence(each ?? "", begun, at * 100));
  }
  return found.map(({ id }) => id);
}

describe("the table of commands", () => {
  test("has no key twice in one scope, nor a key that begins another's", () => {
    for (const scope of keyScopes) {
      const here = commands.filter((command) => command.scopes.includes(scope) || command.scopes.includes("desk"));
      const keys = here.flatMap((command) => command.keys);
      expect(new Set(keys).size, scope).toBe(keys.length);
      expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key} `)))).toEqual([]);
    }
  });

  test("has each command once, with a label, a group and a scope", () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    expect(new Set(commands.map(({ label }) => label)).size).toBe(commands.length);
    for (const { label, group, scopes: where } of commands) {
      expect(label).not.toBe("");
      expect(Object.keys(groups)).toContain(group);
      expect(where.length).toBeGreaterThan(0);
    }
  });

  test("lets every command be reached by each of its keys", () => {
    for (const { id, keys } of commands) {
      expect(keys.length).toBeGreaterThan(0);
      for (const each of keys) expect(press(...each.split(" ")), each).toContain(id);
    }
  });

  test("walks by the same keys in the list, in triage and from a contact's own page", () => {
    for (const [key, id] of [
      ["j", "next"],
      ["k", "previous"],
    ] as const) {
      for (const scope of ["list", "triage", "contact"] as const) {
        const here = commands.filter(({ keys, scopes }) => keys.includes(key) && scopes.includes(scope));
        expect(here.map((command) => command.id)).toEqual([id]);
      }
    }
  });

  test("takes the statuses' keys from the statuses, and the pages' from the pages", () => {
    for (const status of statusOrder) expect(press(statuses[status].key)).toEqual([status]);
    for (const { href, key } of pages) if (key) expect(press("g", key)).toEqual([`go ${href}`]);
  });
});

describe("a sequence", () => {
  test("does nothing before its last key", () => {
    expect(press("g")).toEqual([]);
    expect(press("g", "a")).toEqual(["go /analytics"]);
  });

  test("that goes wrong ends, and its wrong key does nothing", () => {
    expect(press("g", "5")).toEqual([]);
    expect(press("g", "5", "5")).toEqual(["closed"]);
    expect(press("g", "g", "c")).toEqual([]);
  });

  test("is forgotten after a while", () => {
    const { begun } = readSequence("g", null, 0);
    expect(readSequence("a", begun, 5_000).commands.map(({ id }) => id)).toEqual(["assign"]);
  });
});

describe("a key press", () => {
  test("is told by what it types", () => {
    expect(type("j")).toBe("j");
    expect(type("?", { shiftKey: true })).toBe("?");
    expect(type("/", { shiftKey: true })).toBe("/");
    expect(type("x", { shiftKey: true })).toBe("Shift+x");
    expect(type("X", { shiftKey: true })).toBe("Shift+x");
  });

  test("of a letter is the same under Caps Lock, and by its place where letters are not Latin", () => {
    expect(type("J")).toBe("j");
    expect(type("о", { code: "KeyJ" })).toBe("j");
    expect(type("é", { code: "Digit2" })).toBe("é");
    expect(type("ö", { code: "Semicolon" })).toBe("ö");
  });

  test("leaves the browser its own", () => {
    expect(press(type("1", { ctrlKey: true }))).toEqual([]);
    expect(press(type("z", { metaKey: true }))).toEqual([]);
    expect(type("x", { altKey: true })).toBeNull();
    expect(type("Shift", { shiftKey: true })).toBeNull();
    expect(press("q")).toEqual([]);
  });

  test("opens the palette with Ctrl or ⌘", () => {
    expect(press(type("k", { ctrlKey: true }))).toEqual(["palette"]);
    expect(press(type("k", { metaKey: true }))).toEqual(["palette"]);
    expect(type("K", { ctrlKey: true, shiftKey: true })).toBeNull();
  });
});

test("what types a character can be switched off, and nothing else", () => {
  const stay = commands.flatMap(({ keys }) => keys).filter((keys) => !typesCharacter(keys));
  expect(stay.toSorted()).toEqual(["ArrowDown", "ArrowUp", "Enter", "Escape", "Mod+k"]);
});

test("keys are printed as they are on a keyboard", () => {
  expect(printKeys("g c", false)).toEqual(["g", "c"]);
  expect(printKeys("Shift+x", false)).toEqual(["Shift", "x"]);
  expect(printKeys("Mod+k", false)).toEqual(["Ctrl", "K"]);
  expect(printKeys("Mod+k", true)).toEqual(["⌘", "K"]);
  expect(printKeys("ArrowDown", true)).toEqual(["↓"]);
});
