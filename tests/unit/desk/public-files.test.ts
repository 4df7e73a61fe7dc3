import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isPublicFile, publicFiles } from "@/lib/desk/public-files";

const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8")) as {
  icons: { src: string; sizes: string }[];
};

test("the files of public/ are those that are open to anyone, beside what is generated", () => {
  const files = readdirSync("public", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice("public".length))
    .filter((path) => !path.startsWith("/pdfjs/"));
  expect(files.sort()).toEqual([...publicFiles]);
});

test("nothing else is open that only looks like one of them", () => {
  for (const path of ["/", "/contacts", "/robots.txt/", "/icons", "/icons/", "/icon.svg/x", "/ICON.SVG", "/pdfjs"]) {
    expect(isPublicFile(path), path).toBe(false);
  }
});

test("the manifest's pictures are there, as large as it says", () => {
  for (const { src, sizes } of manifest.icons) {
    expect(publicFiles).toContain(src);
    const file = readFileSync(join("public", src));
    // A PNG says how wide and high it is in the first chunk after its mark.
    if (src.endsWith(".png")) expect(`${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`, src).toBe(sizes);
  }
  expect(existsSync("app/icon.svg"), "there would be two of it").toBe(false);
});
