import { describe, expect, test } from "vitest";
import { pages } from "@/components/desk/pages";
import { type Command, commands, groups, keyScopes } from "@/components/keys/commands";
import { printKeys, readPress, typesCharacter } from "@/components/keys/press";
import { readSequence } from "@/components/keys/sequence";
import { statuses, statusOrder } from "@/lib/contact/status";

const type = (key: string, { altGraph = false, ...more }: { altGraph?: boolean } & Partial<KeyboardEvent> = {}) =>
  readPress({
    ...{
      key,
      code: "",
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      isComposing: false,
      keyCode: 0,
    },
    getModifierState: (modifier) => altGraph && modifier === "AltGraph",
    ...more,
  });

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

  test("of a Latin letter is the letter, wherever it is, and the same under Caps Lock", () => {
    expect(type("J")).toBe("j");
    expect(type("j", { code: "KeyC" })).toBe("j");
    expect(type("z", { code: "KeyY" })).toBe("z");
    expect(type("ö", { code: "Semicolon" })).toBe("ö");
    // Dotless i of Turkish is another letter, which stands at the place of i.
    expect(type("ı", { code: "KeyI" })).toBe("ı");
  });

  // What each layout types at a place, and what is meant.
  test.each([
    ["Russian", "о", "KeyJ", "j"],
    ["Russian", "Ч", "KeyX", "Shift+x"],
    // At the place of "/" there are signs that Latin layouts have too, so they stay what they are. "?" is at 7.
    ["Russian", ".", "Slash", "."],
    ["Russian", "?", "Digit7", "?"],
    ["Ukrainian", "і", "KeyS", "s"],
    ["Greek", "ξ", "KeyJ", "j"],
    ["Greek", "Σ", "KeyS", "Shift+s"],
    ["Arabic", "ت", "KeyJ", "j"],
    ["Arabic", "لا", "KeyB", "b"],
    ["Arabic", "ظ", "Slash", "/"],
    ["Arabic", "؟", "Slash", "?"],
    ["Arabic", "٣", "Digit3", "3"],
    ["Persian", "۶", "Digit6", "6"],
    ["Hebrew", "ח", "KeyJ", "j"],
    ["Hebrew", "X", "KeyX", "Shift+x"],
    ["Hebrew", "/", "KeyQ", "/"],
    ["Thai", "่", "KeyJ", "j"],
    ["Thai", "ป", "KeyX", "x"],
    ["Thai", ")", "KeyX", "Shift+x"],
    ["Thai", "ๅ", "Digit1", "1"],
    ["Thai", "/", "Digit2", "2"],
    ["Thai", "๒", "Digit3", "2", "with Shift"],
    ["Thai", "ฝ", "Slash", "/"],
    ["Thai", "ฦ", "Slash", "?"],
    ["Hindi", "३", "Digit3", "3"],
    ["Japanese", "ｊ", "KeyJ", "j"],
    ["Japanese", "ま", "KeyJ", "j"],
    ["Japanese", "？", "Slash", "?"],
    ["Japanese", "・", "Slash", "/"],
    ["French", "&", "Digit1", "1"],
    ["French", "é", "Digit2", "2"],
    ["French", "1", "Digit1", "1", "with Shift"],
    ["French", "?", "KeyM", "?"],
    ["French", "²", "Backquote", "²"],
    ["Czech", "ě", "Digit2", "2"],
    ["German", "/", "Digit7", "/", "with Shift"],
    ["German", "-", "Slash", "-"],
    ["Hungarian", "/", "Digit6", "/", "with Shift"],
    ["BÉPO", "/", "Digit9", "/"],
    ["BÉPO", "?", "KeyN", "?"],
    ["Dvorak", ";", "KeyZ", ";"],
    ["Dvorak", "S", "Semicolon", "Shift+s"],
  ])("%s %s at %s is %s", (_layout, key, code, meant, note = "") => {
    const shiftKey = meant.startsWith("Shift+") || meant === "?" || note === "with Shift";
    expect(type(key, { code, shiftKey })).toBe(meant);
  });

  test("with AltGr is only the sign that it types, whichever way the system reports it", () => {
    for (const more of [{ altGraph: true }, { altGraph: true, ctrlKey: true, altKey: true }]) {
      expect(type("?", more)).toBe("?");
      expect(type("/", { ...more, code: "KeyQ" })).toBe("/");
      expect(type("3", { ...more, code: "Digit3" })).toBe("3");
      // "€" stands at E and "»" at X, and neither means the letter.
      expect(type("€", { ...more, code: "KeyE" })).toBe("€");
      expect(type("»", { ...more, code: "KeyX" })).toBe("»");
      expect(type("x", { ...more, code: "KeyX" })).toBeNull();
      expect(type("Enter", more)).toBeNull();
    }
    expect(type("»", { altKey: true, code: "KeyX" })).toBeNull();
  });

  test("is an input method's while that composes, and the one that ends it", () => {
    for (const key of ["Enter", "Escape", "ArrowDown", "j", "Process"]) {
      expect(type(key, { isComposing: true })).toBeNull();
      expect(type(key, { keyCode: 229 })).toBeNull();
    }
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
    expect(press(type("л", { ctrlKey: true, code: "KeyK" }))).toEqual(["palette"]);
    expect(press(type("ن", { metaKey: true, code: "KeyK" }))).toEqual(["palette"]);
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
  expect(printKeys("+", false)).toEqual(["+"]);
});
