import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Files of the interface, by their path in the project. */
function listFiles(): string[] {
  return ["components", "app"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
}

const readsKeys = /onKey(?:Down|Up|Press)=\{|addEventListener\("key|"keydown"/;

/** Does not look at the key, and what is printed into the page and so has no imports. */
const others = ["components/ui/toast/toaster.tsx", "components/keys/early-keys.ts"];

test("every listener for keys reads them through pressedKey, so that none acts on an input method's", () => {
  const listening = listFiles().filter((file) => readsKeys.test(readFileSync(file, "utf8")));
  expect(listening.length).toBeGreaterThan(10);
  for (const file of listening) {
    const text = readFileSync(file, "utf8");
    expect(text, file).not.toMatch(/\bevent\.(?:nativeEvent\.)?(?:key|isComposing|keyCode)\b/);
    if (!others.includes(file)) expect(text, file).toMatch(/\b(?:pressedKey|readPress)\(/);
  }
});
