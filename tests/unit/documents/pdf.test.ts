import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitPage } from "@/components/documents/pdf-fit";

describe("a PDF's page", () => {
  test("is drawn as wide as asked and as sharp as the screen", () => {
    expect(fitPage({ width: 595, height: 842 }, 595, 2)).toEqual({
      scale: 1,
      sharpness: 2,
      picture: { width: 1_190, height: 1_684 },
    });
  });

  test("is less sharp where its picture would be too large", () => {
    const fit = fitPage({ width: 1_000, height: 10_000 }, 1_000, 3);
    expect(fit?.scale).toBe(1);
    expect((fit?.picture.width ?? 0) * (fit?.picture.height ?? 0)).toBeLessThanOrEqual(16_000_000);
  });

  test("is not drawn where it would be longer than can be scrolled, a line, or nothing", () => {
    for (const [width, height] of [
      [1, 14_400],
      [14_400, 0.5],
      [0.01, 0.01],
      [14_400_000, 1],
      [0, 0],
      [-5, 10],
      [Number.NaN, 10],
      [10, Number.POSITIVE_INFINITY],
      [Number.POSITIVE_INFINITY, 10],
    ] as const) {
      expect(fitPage({ width, height }, 700, 2), `${width} × ${height}`).toBeNull();
    }
  });

  test("of any size is a picture that a browser draws, or none", () => {
    const side = fc.oneof(fc.double(), fc.double({ min: 1, max: 20_000 }));
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 4_000 }),
        fc.double({ min: 0.5, max: 8 }),
        (w, h, width, density) => {
          const fit = fitPage({ width: w, height: h }, width, density);
          if (!fit) return;
          const { picture, scale } = fit;
          expect(picture.width * picture.height).toBeLessThanOrEqual(16_000_000);
          for (const side of [picture.width, picture.height]) {
            expect(side).toBeGreaterThanOrEqual(1);
            expect(side).toBeLessThanOrEqual(16_384);
          }
          expect(h * scale).toBeLessThanOrEqual(20_000);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("pdf.js", () => {
  const sources = ["app", "components", "lib"]
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    .filter(({ text }) => text.includes("pdfjs-dist"));

  test("is taken in in one place, for nothing but to read, to draw and to lay text over", () => {
    const imports = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/import (type )?\{([^}]*)\} from "(pdfjs-dist[^"]*)"/g)].map(([, type, names, from]) => ({
        path,
        from,
        names: type
          ? []
          : (names ?? "")
              .split(",")
              .map((name) => name.trim())
              .filter((name) => !/^(type .*)?$/.test(name)),
      })),
    );
    expect(imports).toEqual([
      {
        path: "components/documents/pdf-page.ts",
        from: "pdfjs-dist/legacy/build/pdf.mjs",
        names: ["GlobalWorkerOptions", "getDocument", "TextLayer"],
      },
      { path: "components/documents/pdf-viewer.tsx", from: "pdfjs-dist/legacy/build/pdf.mjs", names: [] },
    ]);
  });

  test("has neither its viewer, its forms nor its scripts in the desk, and reads no XFA", () => {
    const text = sources.map((source) => source.text).join("\n");
    expect(text).not.toMatch(
      /pdf\.sandbox|pdf_viewer|pdfjs-dist\/web|enableScripting|AnnotationLayer|XfaLayer|quickjs/i,
    );
    expect(text).toMatch(/enableXfa: false,/);
    expect(text).toMatch(
      /workerSrc = new URL\("pdfjs-dist\/legacy\/build\/pdf\.worker\.min\.mjs", import\.meta\.url\)/,
    );
    expect(text.match(/getDocument\(/g)).toHaveLength(1);
    expect(text).toContain("getDocument({ ...pdfOptions, url })");
  });

  test("evaluates no text, in what the browser gets of it", () => {
    for (const file of ["pdf.min.mjs", "pdf.worker.min.mjs"]) {
      const text = readFileSync(join("node_modules/pdfjs-dist/legacy/build", file), "utf8");
      expect(text).not.toMatch(/\beval\(|new Function\b|isEvalSupported|importScripts\(/);
      // core-js asks for the global object so, where none of its other names is there; no browser comes that far.
      expect(text.match(/\bFunction\(/g)?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });
});
