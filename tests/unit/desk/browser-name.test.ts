import { expect, test } from "vitest";
import { describeBrowser } from "@/lib/desk/browser-name";

test.each([
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Chrome on Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on macOS"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 SamsungBrowser/29.0 Chrome/136 Mobile Safari/537.36",
    "Samsung Internet on Android",
  ],
  ["Mozilla/5.0 (Windows NT 10.0) Trident/7.0", "A browser on Windows"],
  ["curl/8.5.0", "curl/8.5.0"],
  [" ", "Unknown browser"],
  [null, "Unknown browser"],
])("the browser %s is called %s", (userAgent, name) => expect(describeBrowser(userAgent)).toBe(name));

test("a browser that nobody knows is shown shortened, and never in half a character", () => {
  expect(describeBrowser("x".repeat(2_000))).toBe(`${"x".repeat(58)}…`);
  expect(describeBrowser("😀".repeat(2_000))).toBe(`${"😀".repeat(58)}…`);
});
