import fc from "fast-check";
import { expect, test } from "vitest";
import { breakLongLines, longestLine } from "@/lib/documents/content/text-lines";

async function breakText(bytes: Uint8Array, cuts: number[]): Promise<string> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
  const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
  async function* source() {
    yield* chunks;
  }
  const broken: Uint8Array[] = [];
  for await (const chunk of breakLongLines(source())) broken.push(chunk);
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(broken));
}

test("lines are as long as a browser can lay out, however the text arrives, and no character is lost or cut", async () => {
  const piece = fc.tuple(
    fc.constantFrom("a", "س", "漢", "👍", " ", "e\u0301", "\n", "\r\n"),
    fc.integer({ min: 0, max: 3_000 }),
  );
  const text = fc
    .array(piece, { maxLength: 4 })
    .map((pieces) => pieces.map(([unit, times]) => unit.repeat(times)).join(""));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 5 }), async (given, cuts) => {
      const shown = await breakText(Buffer.from(given), cuts);
      for (const line of shown.split(/[\r\n]/)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(longestLine + 3);
      expect(shown.replaceAll("\n", "")).toBe(given.replaceAll("\n", ""));
      if (given.split(/[\r\n]/).every((line) => Buffer.byteLength(line) <= longestLine)) expect(shown).toBe(given);
    }),
    { numRuns: 40 },
  );
});
