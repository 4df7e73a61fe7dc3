import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PDFDocument } from "pdf-lib";
import S3rver from "s3rver";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import { answerAllFiles } from "@/lib/documents/all-files";
import { answerDocument } from "@/lib/documents/answer";
import { previewDocument } from "@/lib/documents/preview";
import { mostReading } from "@/lib/documents/readers";
import { makeGif, makeJpeg, makePng } from "../../picture-heads";
import { openWorld } from "../change/change-world";

const world = openWorld();
const variables = ["DOCUMENTS_DIR", "S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
const contact = randomUUID();
let outside: string;
let directory: string;

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

async function makePdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage().drawText("Scope of the migration");
  return Buffer.from(await document.save());
}

/** An archive of small files with these names. */
async function pack(names: string[]): Promise<Buffer> {
  const archive = new ZipFile();
  // The package that packs refuses names that lead elsewhere, so they are put in afterwards.
  for (const [at, name] of names.entries()) archive.addBuffer(Buffer.from("x"), String(at).repeat(name.length));
  archive.end();
  let packed = (await buffer(archive.outputStream)).toString("latin1");
  for (const [at, name] of names.entries()) packed = packed.replaceAll(String(at).repeat(name.length), name);
  return Buffer.from(packed, "latin1");
}

/** A document's row; gives its id. */
async function addDocument(row: {
  filename?: string;
  bucket?: string | null;
  key?: string | null;
  efsPath?: string | null;
}): Promise<string> {
  const { filename = "file.bin", bucket = "data", key = null, efsPath = null } = row;
  const { rows } = await world.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key, efs_path)
    values ($1, $2, 1, 'text/html', 'notes', now(), $3, $4, $5) returning id`,
    [contact, filename, bucket, key, efsPath],
  );
  return rows[0].id;
}

function ask(id: string, preview = false, signal = new AbortController().signal): Promise<Response> {
  return answerDocument(id, { staffId: "reader", preview, withBody: true, signal });
}

/** The status and the sentence of a refusal. */
async function refusal(answer: Response) {
  return [answer.status, (await answer.text()).trim(), answer.headers.get("content-type")];
}

beforeAll(async () => {
  await world.query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'N', 'n@x.example', '', now())`,
    [contact],
  );
  outside = await mkdtemp(join(tmpdir(), "desk-documents-"));
  directory = join(outside, "documents");
  await mkdir(directory);
  await writeFile(join(outside, "secret.txt"), "secret");
});
beforeEach(() => {
  for (const name of variables) delete process.env[name];
});
afterAll(async () => {
  for (const name of variables) delete process.env[name];
  await rm(outside, { recursive: true });
  await world.close();
});

describe("a file in DOCUMENTS_DIR", () => {
  beforeEach(() => {
    process.env.DOCUMENTS_DIR = directory;
  });

  async function put(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }

  it("is a download under its own name, whatever it is, and runs nothing", async () => {
    await put("data/a/page.html", "<script>alert(1)</script>");
    const answer = await ask(await addDocument({ filename: "../../offer\u202efdp.html", key: "a/page.html" }));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="offerfdp.html"; filename*=UTF-8''offerfdp.html`,
      "content-length": "25",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    });
    expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(await answer.text()).toBe("<script>alert(1)</script>");
  });

  it("is found by its bucket and key, by its key alone, or by its efs path", async () => {
    await put("data/here.txt", "by bucket");
    await put("here.txt", "by key");
    const text = async (row: Parameters<typeof addDocument>[0]) => (await ask(await addDocument(row))).text();
    expect(await text({ key: "here.txt" })).toBe("by bucket");
    expect(await text({ bucket: null, key: "here.txt" })).toBe("by key");
    expect(await text({ efsPath: "here.txt" })).toBe("by key");
    expect(await text({ efsPath: join(directory, "data/here.txt") })).toBe("by bucket");
  });

  it("is shown when its content is PDF, a picture or text, whatever its name says", async () => {
    const type = async (content: string | Buffer) => {
      const key = randomUUID();
      await put(`data/${key}`, content);
      const answer = await ask(await addDocument({ filename: "x.html", key }), true);
      expect(answer.headers.get("content-disposition")).toMatch(/^inline;/);
      // Not toEqual, which takes half a minute for two pictures on a busy machine.
      expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(content))).toBe(true);
      return answer.headers.get("content-type");
    };
    expect(await type(await makePdf())).toBe("application/pdf");
    expect(await type(png)).toBe("image/png");
    expect(await type("Anforderungen: 要件\n")).toBe("text/plain; charset=utf-8");
    expect(await type("äöü\n".repeat(50_000))).toBe("text/plain; charset=utf-8");
    expect(await type(makePng({ width: 8_000, height: 6_000 }))).toBe("image/png");
    expect(await type(makeJpeg({ width: 8_000, height: 6_000 }, 400_000))).toBe("image/jpeg");
  });

  it("is not shown when it is markup, another kind, or too large", async () => {
    const answer = async (content: string | Buffer) => {
      const key = randomUUID();
      await put(`data/${key}`, content);
      return (await ask(await addDocument({ filename: "x.png", key }), true)).status;
    };
    const markup = [
      svg,
      `\ufeff \n${svg}`,
      "<!-- x --><html></html>",
      '<?xml version="1.0"?><svg/>',
      "<!DOCTYPE html>",
    ];
    for (const content of markup) expect(await answer(content)).toBe(415);
    for (const content of [randomBytes(5_000), "PK\u0003\u0004", "text\0text", `${"x".repeat(9_000)}\0`]) {
      expect(await answer(content)).toBe(415);
    }
    expect(await answer("x".repeat(512 * 1024 + 1))).toBe(413);
  });

  it("is a download where it is a picture of too many pixels, or of unknown size", async () => {
    const refuse = async (content: Buffer) => {
      const key = randomUUID();
      await put(`data/${key}`, content);
      const id = await addDocument({ filename: "plan.png", key });
      const download = await ask(id);
      expect([download.status, Buffer.from(await download.arrayBuffer()).equals(content)]).toEqual([200, true]);
      return refusal(await ask(id, true));
    };
    const text = "text/plain; charset=utf-8";
    const tooMany = [413, "This picture has too many pixels to preview. Download it to look at it.", text];
    expect(await refuse(makePng({ width: 30_000, height: 30_000 }))).toEqual(tooMany);
    expect(await refuse(makeJpeg({ width: 30_000, height: 30_000 }, 400_000))).toEqual(tooMany);
    expect(await refuse(makeGif({ width: 1, height: 1 }, { width: 60_000, height: 60_000 }))).toEqual(tooMany);
    const unknown = [415, expect.stringMatching(/^This picture's size can't be checked/), text];
    expect(await refuse(makeJpeg({ width: 1, height: 1 }, 600_000))).toEqual(unknown);
    const damaged = [415, "This picture is damaged and can't be shown. Download it to look at it.", text];
    expect(await refuse(makePng({ width: 1, height: 1 }).subarray(0, 20))).toEqual(damaged);
  });

  it("is shown in UTF-8 where it is text in another encoding, whatever its first letters spell", async () => {
    const shown = async (content: Buffer) => {
      const key = randomUUID();
      await put(`data/${key}`, content);
      const answer = await ask(await addDocument({ key }), true);
      return [answer.status, answer.headers.get("content-type"), await answer.text()];
    };
    const text = "text/plain; charset=utf-8";
    const utf16 = Buffer.from("\ufeffGrüße, 要件", "utf16le");
    expect(await shown(utf16)).toEqual([200, text, "Grüße, 要件"]);
    // The only letter that is no ASCII stands behind what is examined.
    const western = Buffer.from(`solid state\n${"line\n".repeat(2_000)}5\x80`, "latin1");
    expect(await shown(western)).toEqual([200, text, `solid state\n${"line\n".repeat(2_000)}5€`]);
    expect(await shown(Buffer.from("<Max> when can we talk?"))).toEqual([200, text, "<Max> when can we talk?"]);
  });

  it("is previewed as a list where it is an archive, as words where it is an e-mail, and else by what it is", async () => {
    const preview = async (content: Buffer | string) => {
      const key = randomUUID();
      await put(`data/${key}`, content);
      return previewDocument(await addDocument({ key }));
    };
    expect(await preview(await pack(["plan.pdf", "../../up.txt"]))).toMatchObject({
      kind: "archive",
      archive: { entries: [{ name: "plan.pdf" }, { name: "../../up.txt" }], cut: null },
    });
    const document = await pack(["[Content_Types].xml", "word/document.xml"]);
    const word = { kind: "none", words: "This is a Word document. It has no preview. Download it to open it." };
    expect(await preview(document)).toEqual(word);
    expect(await preview(document.subarray(0, -40))).toMatchObject({ words: expect.stringMatching(/that is damaged/) });
    const compound = Buffer.alloc(8_192);
    compound.write("d0cf11e0a1b11ae1", "hex");
    compound.writeUInt16LE(9, 0x1e);
    compound.writeUInt32LE(13, 0x30);
    compound.write("__properties_version1.0", 14 * 512 + 128, "utf16le");
    expect(await preview(compound)).toMatchObject({ words: expect.stringMatching(/^This is an Outlook message/) });
    const mail = `From: m@x.example\r\nTo: d@x.example\r\nSubject: Hi\r\n\r\nWords${"\r\nmore".repeat(200_000)}`;
    expect(await preview(mail)).toMatchObject({
      kind: "mail",
      mail: { text: expect.stringMatching(/^Words/), cut: true },
    });
    expect(await preview(makePng({ width: 1, height: 1 }).subarray(0, 20))).toMatchObject({ kind: "none" });
    expect(await preview("text")).toEqual({ kind: "text" });
    expect(await preview(png)).toEqual({ kind: "image", cut: false });
    expect(await preview(png.subarray(0, -13))).toEqual({ kind: "image", cut: true });
    expect(await previewDocument(randomUUID())).toEqual({ kind: "none", words: "There is no such document." });
    expect(await previewDocument(await addDocument({ key: "gone.zip" }))).toMatchObject({ kind: "none" });
  });

  it("is shown in lines that a browser can lay out, where it is text, and is itself a download", async () => {
    const long = `short\n${"س".repeat(100_000)}\r\n${"x".repeat(2_000)}\n${"👍".repeat(1_000)}`;
    await put("data/long.txt", long);
    const id = await addDocument({ key: "long.txt" });
    const shown = await (await ask(id, true)).text();
    expect(Math.max(...shown.split("\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(2_002);
    expect(shown.replaceAll("\n", "")).toBe(long.replaceAll("\n", ""));
    expect(shown).toContain(`\r\n${"x".repeat(2_000)}\n`);
    expect(await (await ask(id)).text()).toBe(long);
  });

  it("is said to be empty, missing or without a location, each in its own words", async () => {
    await put("data/empty.txt", "");
    const text = "text/plain; charset=utf-8";
    expect(await refusal(await ask(await addDocument({ key: "empty.txt" })))).toEqual([
      404,
      "The file is empty.",
      text,
    ]);
    expect(await refusal(await ask(await addDocument({ key: "gone.txt" }), true))).toEqual([
      404,
      "The file is missing from the store.",
      text,
    ]);
    expect(await refusal(await ask(await addDocument({ key: null })))).toEqual([
      404,
      expect.stringMatching(/didn't say where/),
      text,
    ]);
    expect(await refusal(await ask(randomUUID()))).toEqual([404, "There is no such document.", text]);
    for (const id of ["", "x", "../../etc/passwd", "\0", "' or 1=1 --"]) expect((await ask(id)).status).toBe(404);
  });

  it("is never one outside the folder", async () => {
    await symlink(join(outside, "secret.txt"), join(directory, "link.txt"));
    await symlink(outside, join(directory, "up"));
    await mkdir(join(outside, "documents-beside"));
    await writeFile(join(outside, "documents-beside/secret.txt"), "secret");
    const paths = [
      "../secret.txt",
      "../../etc/passwd",
      "/etc/passwd",
      "a/../../secret.txt",
      "link.txt",
      "up/secret.txt",
      "..",
      ".",
      "",
      "../documents-beside/secret.txt",
      "//etc/passwd",
      "x\0.txt".replace("\0", "%00"),
      "x".repeat(5_000),
      join(outside, "secret.txt"),
    ];
    for (const path of paths) {
      expect((await ask(await addDocument({ bucket: null, key: path || "." }))).status).toBe(404);
      expect((await ask(await addDocument({ bucket: "..", key: path || "." }))).status).toBe(404);
      expect((await ask(await addDocument({ efsPath: path || "." }))).status).toBe(404);
    }
  });

  it("may be a link that stays inside", async () => {
    await put("real.txt", "inside");
    await symlink(join(directory, "real.txt"), join(directory, "inner.txt"));
    expect(await (await ask(await addDocument({ bucket: null, key: "inner.txt" }))).text()).toBe("inside");
  });

  it("is no folder and no pipe", async () => {
    await mkdir(join(directory, "folder"), { recursive: true });
    expect((await ask(await addDocument({ bucket: null, key: "folder" }))).status).toBe(404);
    expect((await ask(await addDocument({ efsPath: "/dev/stdin" }))).status).toBe(404);
  });

  it("is answered to HEAD without a body", async () => {
    await put("head.txt", "four");
    const id = await addDocument({ bucket: null, key: "head.txt" });
    const answer = await answerDocument(id, {
      staffId: "reader",
      preview: false,
      withBody: false,
      signal: new AbortController().signal,
    });
    expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([200, "4", ""]);
  });
});

describe("a thumbnail", () => {
  it("is the picture itself, if it is one that is small enough; anything else is an empty answer", async () => {
    process.env.DOCUMENTS_DIR = directory;
    const thumbnail = async (content: string | Buffer | null) => {
      const key = randomUUID();
      if (content !== null) await writeFile(join(directory, key), content);
      const id = await addDocument({ bucket: null, key });
      const { signal } = new AbortController();
      return answerDocument(id, { staffId: "reader", preview: true, thumbnail: true, withBody: true, signal });
    };
    const shown = await thumbnail(makePng({ width: 4_000, height: 4_000 }));
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/png"]);
    await shown.body?.cancel();
    const large = Buffer.concat([makePng({ width: 10, height: 10 }), randomBytes(7 * 1024 * 1024)]);
    for (const content of [makePng({ width: 4_001, height: 4_000 }), large, svg, await makePdf(), "text", "", null]) {
      const answer = await thumbnail(content);
      expect([answer.status, await answer.text()]).toEqual([204, ""]);
    }
  });
});

/** The documents' files that this process has open. */
async function listOpenFiles(): Promise<string[]> {
  const open = await readdir("/proc/self/fd");
  const paths = await Promise.all(open.map((number) => readlink(join("/proc/self/fd", number)).catch(() => "")));
  return paths.filter((path) => path.startsWith(directory));
}

describe("all files of a contact", () => {
  const owner = randomUUID();
  const ask = (staffId: string, signal = new AbortController().signal) =>
    answerAllFiles({ contact: owner, staffId, withBody: true, signal });

  beforeAll(async () => {
    process.env.DOCUMENTS_DIR = directory;
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp")
       values ($1, 'Mara "M" Lindqvist', 'm@x.example', '', now())`,
      [owner],
    );
    const files = { "a.txt": "one", "A.txt": "two", "empty.txt": "", "gone.txt": null, "nowhere.txt": undefined };
    for (const [at, [filename, content]] of Object.entries(files).entries()) {
      const key = content === undefined ? null : randomUUID();
      if (key && typeof content === "string") await writeFile(join(directory, key), content);
      await world.query(
        `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_key)
         values ($1, $2, 1, 'text/plain', 'notes', now() + make_interval(secs => $3::int), $4)`,
        [owner, filename, at, key],
      );
    }
  });
  beforeEach(() => {
    process.env.DOCUMENTS_DIR = directory;
  });

  it("are one archive under the contact's name, which says what it lacks", async () => {
    const answer = await ask("reader");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/zip",
      "content-disposition": expect.stringContaining('filename="Mara _M_ Lindqvist documents.zip"'),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store, no-transform",
    });
    const archive = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
    const files: Record<string, string> = {};
    for await (const entry of archive.eachEntry())
      files[entry.fileName] = String(await buffer(await archive.openReadStreamPromise(entry)));
    expect(files).toEqual({
      "a.txt": "one",
      "A (2).txt": "two",
      "Not included.txt": [
        "empty.txt: The file is empty.",
        "gone.txt: The file is missing from the store.",
        "nowhere.txt: The website didn't say where this file is stored, so it can't be opened.",
        "",
      ].join("\r\n"),
    });
  });

  it("count as one document that is read, and no longer once the reader has left", async () => {
    const staffId = randomUUID();
    const open = await Promise.all(Array.from({ length: mostReading }, () => ask(staffId)));
    const waiting = new AbortController();
    const refused = ask(staffId, waiting.signal);
    waiting.abort();
    expect((await refused).status).toBe(503);
    const readers = open.map(({ body }) => body?.getReader());
    for (const reader of readers) await reader?.read();
    expect(await listOpenFiles()).toHaveLength(mostReading);
    for (const reader of readers) await reader?.cancel();
    await expect.poll(listOpenFiles).toEqual([]);
    const answer = await ask(staffId);
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  });

  it("are none where there is no contact or no document, and are not read for HEAD", async () => {
    const { signal } = new AbortController();
    const none = await answerAllFiles({ contact: "nobody", staffId: "reader", withBody: true, signal });
    expect(await refusal(none)).toEqual([404, "This contact has no documents.", "text/plain; charset=utf-8"]);
    const head = await answerAllFiles({ contact: owner, staffId: "reader", withBody: false, signal });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});

describe("without a store", () => {
  it("a document says so", async () => {
    const id = await addDocument({ key: "a.txt" });
    expect(await refusal(await ask(id))).toEqual([
      503,
      "No document store is set up. Tell an admin.",
      "text/plain; charset=utf-8",
    ]);
    process.env.S3_ENDPOINT = "http://127.0.0.1:9";
    expect((await ask(id)).status).toBe(503);
    delete process.env.S3_ENDPOINT;
    process.env.DOCUMENTS_DIR = join(outside, "nowhere");
    expect((await ask(id)).status).toBe(502);
  });
});

describe("a file in S3", () => {
  let store: S3rver;
  let endpoint: string;
  let client: S3Client;

  beforeAll(async () => {
    store = new S3rver({
      port: 0,
      address: "127.0.0.1",
      silent: true,
      directory: join(outside, "s3"),
      vhostBuckets: false,
      configureBuckets: [{ name: "data", configs: [] }],
    });
    const { port } = await store.run();
    endpoint = `http://127.0.0.1:${port}`;
    const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
    client = new S3Client({
      endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials,
      requestChecksumCalculation: "WHEN_REQUIRED",
    });
  });
  beforeEach(() => {
    Object.assign(process.env, {
      S3_ENDPOINT: endpoint,
      S3_REGION: "us-east-1",
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    });
  });
  afterAll(async () => {
    client.destroy();
    await store.close();
  });

  const put = (key: string, content: string | Buffer) =>
    client.send(new PutObjectCommand({ Bucket: "data", Key: key, Body: content }));

  it("is streamed as it is, large or small", async () => {
    for (const content of [randomBytes(5_000_000), Buffer.from("x"), randomBytes(4_100), randomBytes(4_101)]) {
      const key = `documents/${randomUUID()} ü&#?.bin`;
      await put(key, content);
      const answer = await ask(await addDocument({ key }));
      expect(answer.headers.get("content-length")).toBe(String(content.length));
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    }
  });

  it("is shown by its content", async () => {
    const pdf = await makePdf();
    await put("a.pdf", pdf);
    await put("a.svg", svg);
    const answer = await ask(await addDocument({ key: "a.pdf" }), true);
    expect([answer.headers.get("content-type"), Buffer.from(await answer.arrayBuffer()).equals(pdf)]).toEqual([
      "application/pdf",
      true,
    ]);
    expect((await ask(await addDocument({ key: "a.svg" }), true)).status).toBe(415);
  });

  it("is read in parts where only its end is needed", async () => {
    await put("a.zip", Buffer.concat([await pack(["first.txt"]), await pack(["last.txt", "plan.pdf"])]));
    await put("b.zip", await pack(["only.txt"]));
    expect(await previewDocument(await addDocument({ key: "b.zip" }))).toMatchObject({
      kind: "archive",
      archive: { entries: [{ name: "only.txt", size: 1 }] },
    });
    // Its offsets are wrong, as in archives that another file was put in front of.
    expect(await previewDocument(await addDocument({ key: "a.zip" }))).toMatchObject({
      words: "This is a ZIP archive that is damaged. It has no preview. Download it to open it.",
    });
  });

  it("is said to be missing when its key or its bucket is", async () => {
    expect((await ask(await addDocument({ key: "gone.pdf" }))).status).toBe(404);
    expect((await ask(await addDocument({ bucket: "nobody", key: "a.pdf" }))).status).toBe(404);
    expect((await ask(await addDocument({ key: "../../etc/passwd" }))).status).toBe(404);
  });

  it("is said to be out of reach when the store refuses or is gone", async () => {
    process.env.S3_ACCESS_KEY_ID = "nobody";
    expect(await refusal(await ask(await addDocument({ key: "a.pdf" })))).toEqual([
      502,
      "The document store does not answer. Try again in a moment.",
      "text/plain; charset=utf-8",
    ]);
    process.env.S3_ENDPOINT = "http://127.0.0.1:9";
    expect((await ask(await addDocument({ key: "a.pdf" }))).status).toBe(502);
  });
});

describe("a store that sends without end", () => {
  let server: Server;
  let sent = 0;
  let closed: Promise<unknown>;

  beforeEach(async () => {
    sent = 0;
    server = createServer((_request, response) => {
      closed = once(response, "close");
      response.writeHead(200, { "content-length": String(10 ** 12) });
      const chunk = Buffer.alloc(65_536, "x");
      const write = () => {
        do sent += chunk.length;
        while (response.write(chunk));
      };
      response.on("drain", write);
      write();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: "k", S3_SECRET_ACCESS_KEY: "s" });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("is read no faster than its reader takes it, and left when the reader leaves", async () => {
    const answer = await ask(await addDocument({ key: "endless" }));
    const reader = answer.body?.getReader();
    await reader?.read();
    // What the sockets' own buffers hold on one machine, far less than an unread stream would take.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    await reader?.cancel();
    await closed;
  });

  it("is left when the request is given up", async () => {
    const request = new AbortController();
    const answer = await ask(await addDocument({ key: "endless" }), false, request.signal);
    await answer.body?.getReader().read();
    request.abort();
    await closed;
  });
});

describe("a store that is silent", () => {
  let server: Server;

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ["takes the request and never answers", () => undefined],
    ["answers and sends nothing", (response: ServerResponse) => response.writeHead(200).flushHeaders()],
  ])("and %s is said to be out of reach", async (_, act) => {
    server = createServer((_request, response) => act(response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: "k", S3_SECRET_ACCESS_KEY: "s" });
    expect((await ask(await addDocument({ key: "a.pdf" }))).status).toBe(502);
  });
});
