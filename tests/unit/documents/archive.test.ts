import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { archiveLimits, listArchive } from "@/lib/documents/content/archive";

type Packed = { name: string; content?: string | Buffer };

async function pack(files: Packed[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const { name, content = "x" } of files) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An archive of any names, which no program would pack: only its list, without what is listed. */
function makeList(names: Buffer[], { count = names.length, size = 0 } = {}): Buffer {
  const entries = names.map((name) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt32LE(size, 24);
    head.writeUInt16LE(name.length, 28);
    return Buffer.concat([head, name]);
  });
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  return Buffer.concat([list, end]);
}

/** Lists an archive, and counts the bytes that are read of it. */
async function list(file: Buffer, length = file.length) {
  let read = 0;
  const archive = await listArchive(async ({ start, end }) => {
    const part = file.subarray(start, end);
    read += part.length;
    return part;
  }, length);
  return { archive, read, names: archive?.entries.map(({ name }) => name) };
}

describe("the list of an archive", () => {
  test("has the names and sizes of its files, and nothing is unpacked", async () => {
    const file = await pack([{ name: "plan/übersicht.pdf", content: "x".repeat(5_000) }, { name: "要件.txt" }]);
    expect((await list(file)).archive).toEqual({
      entries: [
        { name: "plan/übersicht.pdf", size: 5_000, locked: false },
        { name: "要件.txt", size: 1, locked: false },
      ],
      cut: null,
    });
  });

  test("of a large archive is read from its end alone", async () => {
    const file = Buffer.concat([Buffer.alloc(20_000_000), makeList([Buffer.from("a.txt")])]);
    file.writeUInt32LE(20_000_000, file.length - 6);
    const { names, read } = await list(file);
    expect(names).toEqual(["a.txt"]);
    expect(read).toBeLessThanOrEqual(4 * 65_536);
  });

  test("of a bomb says how large it would be, and costs as little as any other", async () => {
    const file = makeList([Buffer.from("bomb.txt")], { size: 0xfffffffe });
    const { archive, read } = await list(file);
    expect(archive?.entries).toEqual([{ name: "bomb.txt", size: 0xfffffffe, locked: false }]);
    expect(read).toBe(file.length);
  });

  test("is cut where it is long, and no more of it is read", async () => {
    const file = makeList(Array.from({ length: 20_000 }, (_, at) => Buffer.from(`file ${at}.txt`.padEnd(200))));
    const { archive, read } = await list(file);
    expect(archive?.entries).toHaveLength(archiveLimits.names);
    expect(archive?.cut).toBe("long");
    expect(file.length).toBeGreaterThan(4_000_000);
    expect(read).toBeLessThan(500_000);
  });

  test("is cut where its names are absurdly long, after 2 MB", async () => {
    const file = makeList(Array.from({ length: 100 }, () => Buffer.alloc(65_000, "n")));
    const { archive, read } = await list(file);
    expect(archive?.cut).toBe("long");
    expect(archive?.entries.every(({ name }) => name.length === archiveLimits.characters)).toBe(true);
    expect(read).toBeLessThanOrEqual(2 * 1_048_576);
  });

  test("has hostile names as they are, for the page to show, and one of them does not hide the others", async () => {
    const names = ["../../etc/passwd", "/etc/passwd", "C:\\x.exe", "a\0b", "offer\u202efdp.exe", "", "ok.txt"];
    const { names: listed } = await list(makeList(names.map((name) => Buffer.from(name))));
    expect(listed).toHaveLength(names.length);
    expect(listed?.at(-1)).toBe("ok.txt");
  });

  test("is said to be damaged where it ends early or claims more than there is", async () => {
    const claims = makeList([Buffer.from("a.txt")], { count: 60_000 });
    expect((await list(claims)).archive).toMatchObject({ entries: [{ name: "a.txt" }], cut: "damaged" });
    const file = await pack([{ name: "a.txt" }]);
    expect((await list(file.subarray(0, -1))).archive).toBeNull();
    expect((await list(file, file.length + 100)).archive).toBeNull();
    expect((await list(Buffer.from("PK\u0003\u0004 word"))).archive).toBeNull();
  });

  test("never throws, whatever the bytes are", async () => {
    const file = await pack([{ name: "a.txt" }, { name: "b/c.txt" }]);
    const change = fc.tuple(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const changed = Buffer.from(file);
        for (const [at, byte] of changes) changed[at] = byte;
        const { archive } = await list(changed);
        expect(archive === null || archive.entries.length <= archiveLimits.names).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
