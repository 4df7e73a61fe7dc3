import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import { zipFiles } from "@/lib/documents/all-files";
import type { OpenedFile } from "@/lib/documents/store";
import { uniqueNames } from "@/lib/documents/unique-names";
import { streamZip } from "@/lib/documents/zip";

describe("names in one folder", () => {
  test("are each there once, whatever their case and their accents are made of", () => {
    expect(uniqueNames(["scope.pdf", "Scope.PDF", "scope.pdf", "scope (2).pdf", "u\u0308.txt", "\u00fc.txt"])).toEqual([
      "scope.pdf",
      "Scope (2).PDF",
      "scope (3).pdf",
      "scope (2) (2).pdf",
      "u\u0308.txt",
      "\u00fc (2).txt",
    ]);
  });

  test("lead nowhere and hide nothing", () => {
    const names = uniqueNames(["../../etc/passwd", "offer\u202efdp.exe", "", "..", "a/b\\c.txt", "\u202e"]);
    expect(names).toEqual(["etc_passwd", "offerfdp.exe", "document", "document (2)", "a_b_c.txt", "document (3)"]);
  });

  test("of ten thousand files alike are found at once", () => {
    const names = uniqueNames(Array.from({ length: 10_000 }, () => "scan.pdf"));
    expect(new Set(names).size).toBe(10_000);
    expect(names.at(-1)).toBe("scan (10000).pdf");
  });
});

const same = <T>(bytes: T) => bytes;
const nobodyLeft = new AbortController().signal;

type Given = { filename: string; opens: () => OpenedFile };

/** A file of these parts, after which the store breaks off if it is to. */
function file(filename: string, parts: string[], breaks = false): Given {
  async function* read() {
    for (const part of parts) yield Buffer.from(part);
    if (breaks) throw new Error("connection reset");
  }
  return { filename, opens: () => ({ ok: true, file: { body: Readable.from(read()), length: null } }) };
}

const open = async ({ opens }: Given) => opens();

const read = async (zip: ReadableStream<Uint8Array>) => Buffer.from(await new Response(zip).arrayBuffer());

/** The files of an archive with their texts. */
async function unpack(zip: ReadableStream<Uint8Array>): Promise<Record<string, string>> {
  const archive = await fromBufferPromise(await read(zip));
  const files: Record<string, string> = {};
  for await (const entry of archive.eachEntry()) {
    files[entry.fileName] = String(await buffer(await archive.openReadStreamPromise(entry)));
  }
  return files;
}

describe("all files of a contact", () => {
  test("are in one archive; those that are missing or break off are named in it, and do not fail it", async () => {
    const gone: Given = { filename: "gone.pdf", opens: () => ({ ok: false, problem: "missing" }) };
    const given = [file("a.txt", ["one ", "two"]), gone, file("cut.bin", ["half"], true), file("A.txt", ["three"])];
    expect(await unpack(streamZip(zipFiles(given, open, same, nobodyLeft)))).toEqual({
      "a.txt": "one two",
      "cut.bin": "half",
      "A (2).txt": "three",
      "Not included.txt":
        "gone.pdf: The file is missing from the store.\r\n" +
        "cut.bin: The document store broke off. Only the beginning of this file is here.\r\n",
    });
  });

  test("have no such text where all are there, and a file of its name keeps to its own", async () => {
    const given = [file("Not included.txt", ["mine"])];
    expect(await unpack(streamZip(zipFiles(given, open, same, nobodyLeft)))).toEqual({
      "Not included (2).txt": "mine",
    });
  });

  test("are opened one at a time, and no more of them once the reader has left", async () => {
    const opened: string[] = [];
    let ends = 0;
    const given = ["a", "b", "c"].map((name) => file(name, ["x".repeat(1_000)]));
    const noting = async (each: Given) => {
      opened.push(each.filename);
      return each.opens();
    };
    const reader = streamZip(zipFiles(given, noting, same, nobodyLeft), () => void ends++).getReader();
    await reader.read();
    expect(opened).toEqual(["a"]);
    await reader.cancel();
    expect(opened).toEqual(["a"]);
    expect(ends).toBe(1);
  });

  test("end at once if the reader leaves in the middle of a file", async () => {
    const leaving = new AbortController();
    const breaking = file("a", ["x"], true);
    let ends = 0;
    const zip = streamZip(zipFiles([breaking, file("b", ["y"])], open, same, leaving.signal), () => void ends++);
    leaving.abort();
    await expect(read(zip)).rejects.toThrow();
    expect(ends).toBe(1);
  });
});
