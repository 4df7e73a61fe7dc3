import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { generateX25519Identity } from "age-encryption";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { listBackups } from "@/lib/backup/list";
import { readListedDocuments } from "@/lib/backup/make/documents";
import { makeBackup } from "@/lib/backup/make/make";
import type { Manifest } from "@/lib/backup/make/manifest";
import { type CheckOutcome, proveBackup, readManifest } from "@/lib/backup/restore/prove";
import { openStore } from "@/lib/backup/store/open-store";
import { readPart } from "@/lib/backup/store/parts";
import type { TestDatabase } from "../databases";
import { connect } from "../installation";
import { startPooler } from "../pooler";
import {
  type BackupWorld,
  createDesk,
  listCheckDatabases,
  listFiles,
  replaceTools,
  startBackupWorld,
  startBucket,
  urlOf,
} from "./backup-world";

let world: BackupWorld;
let desk: TestDatabase;
/** The folder of this test's backups. */
let folder: string;

beforeAll(async () => {
  world = await startBackupWorld();
  desk = await createDesk(world.server, 500);
});
beforeEach(() => {
  folder = world.begin(desk);
});
afterAll(async () => {
  await desk.drop();
  await world.stop();
});

const make = (signal?: AbortSignal) => makeBackup({ store: openStore(), deskVersion: "0.1.0", signal });
const prove = ({ name }: { name: string }, signal?: AbortSignal) => proveBackup({ store: openStore(), name, signal });

/** The report of a check that proved nothing. */
function reasonOf(outcome: CheckOutcome): [string, string] {
  if (outcome.state === "proved") throw new Error("It was proved.");
  return [outcome.state, outcome.reason];
}

function rowsOf({ tables }: Manifest, table: string): number | undefined {
  return tables.find(({ name }) => name === table)?.rows;
}

test("a backup is of one moment while the website goes on writing, and is proved by restoring it", async () => {
  await using website = await connect(desk.website);
  let writing = true;
  let written = 0;
  const writer = (async () => {
    while (writing) {
      written++;
      // Two rows that belong together: a dump of two different moments would hold a document without its contact, and
      // fail.
      await website.query(
        `with c as (insert into contact_submissions (id, name, email, message, "timestamp")
           values ('meanwhile_' || $1::int, 'N', 'n@x.example', '', now()) returning id)
         insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp)
         select id, 'a.pdf', 1, 'application/pdf', 'offer', now() from c`,
        [written],
      );
      await website.query("select increment_visitor_count()");
    }
  })();
  const made = await make();
  const before = written;
  const outcome = await prove(made);
  writing = false;
  await writer;

  expect(outcome).toMatchObject({ state: "proved", proof: { tables: made.tables.length } });
  const contacts = rowsOf(made, "contact_submissions") ?? 0;
  expect(contacts).toBeGreaterThanOrEqual(506);
  expect(contacts).toBeLessThanOrEqual(506 + before);
  expect(written).toBeGreaterThan(before);
  expect(listFiles(folder)).toEqual([`${made.name}.dump`, `${made.name}.json`, `${made.name}.proved.json`]);
  expect(await listCheckDatabases(world.server)).toEqual([]);
  expect(made).toMatchObject({ owners: ["desk_owner"], grantees: ["desk_app", "desk_owner", "website"] });
  expect((await listBackups(openStore()))[0]).toMatchObject({ name: made.name, problem: null });
});

test("what documents there are stands in a list with their hashes; what has not changed is not read again", async () => {
  const documents = mkdtempSync(join(world.folder, "documents-"));
  process.env.DOCUMENTS_DIR = documents;
  mkdirSync(join(documents, "data/a"), { recursive: true });
  const write = (path: string, content: string, at = 1_700_000_000) => {
    writeFileSync(join(documents, path), content);
    utimesSync(join(documents, path), at, at);
  };
  const read = async ({ name, documents: part }: Manifest) => {
    const manifest = await readManifest(openStore(), name);
    if (!part) throw new Error("There is no list.");
    const hashes: Record<string, string> = {};
    const listed = readListedDocuments(readPart(openStore(), manifest, part, null));
    for await (const { path, sha256 } of listed) hashes[path] = sha256;
    return hashes;
  };
  const hash = (content: string) => createHash("sha256").update(content).digest("hex");
  for (const path of ["data/a.b", "data/a/offer.pdf", "data/a/z", "data/ümlaut"]) write(path, path);
  const made = await make();
  expect(made.documents).toMatchObject({ count: 4, total: 44 });
  expect(await read(made)).toEqual({
    "data/a.b": hash("data/a.b"),
    "data/a/offer.pdf": hash("data/a/offer.pdf"),
    "data/a/z": hash("data/a/z"),
    "data/ümlaut": hash("data/ümlaut"),
  });

  // A file with the same size and time is not read; one with another time is. New and removed files are noticed.
  write("data/a/offer.pdf", "DATA/a/offer.pdf");
  write("data/a/z", "DATA/a/z", 1_800_000_000);
  write("data/b", "b");
  rmSync(join(documents, "data/a.b"));
  const second = await make();
  expect(await read(second)).toEqual({
    "data/a/offer.pdf": hash("data/a/offer.pdf"),
    "data/a/z": hash("DATA/a/z"),
    "data/b": hash("b"),
    "data/ümlaut": hash("data/ümlaut"),
  });
  expect((await prove(second)).state).toBe("proved");
  rmSync(join(folder, second.documents?.file ?? ""));
  expect(reasonOf(await prove(second))).toEqual(["refuted", `${second.name}.documents.gz is missing.`]);
});

describe("a dump that is none leaves nothing that looks like one", () => {
  test.each([
    [
      "its tool failed half way",
      `"$real_dump" "$@" | head -c 20000; echo 'pg_dump: error: no more' >&2; exit 3`,
      "code 3: no more",
    ],
    ["it was killed", `"$real_dump" "$@" | head -c 20000; kill -9 $$`, "was ended by SIGKILL"],
    ["it is empty", "exit 0", "gave 0 bytes for \\d+ tables"],
    ["it is tiny", "printf PGDMP", "gave 5 bytes"],
    [
      "it is something else",
      `yes "not a dump" | head -c 100000`,
      "gave 100000 bytes for \\d+ tables, which is no whole dump",
    ],
    [
      "its tool said so and ended well",
      `"$real_dump" "$@"; echo 'pg_dump: error: a table was left out' >&2`,
      "a table was left out",
    ],
  ])("%s", async (_what, script, reason) => {
    await replaceTools(world.folder, { dump: script });
    await expect(make()).rejects.toThrow(new RegExp(reason));
    expect(listFiles(folder)).toEqual([]);
  });

  test("it was given up", async () => {
    const given = new AbortController();
    await replaceTools(world.folder, {
      dump: `"$real_dump" "$@" | head -c 20000; kill -USR2 ${process.pid}; exec sleep 60`,
    });
    process.once("SIGUSR2", () => given.abort());
    await expect(make(given.signal)).rejects.toThrow("aborted");
    expect(listFiles(folder)).toEqual([]);
  });
});

describe("one sentence says, before anything is done,", () => {
  test("that pg_dump is older than the server, and how to get another", async () => {
    const { port, password } = inject("server");
    process.env.BACKUP_DATABASE_URL = `postgresql://desk_owner:${password}@127.0.0.1:${port}/template_desk`;
    await replaceTools(world.folder, { dump: "exit 1", version: "15.18" });
    await expect(make()).rejects.toThrow(
      /^This server is PostgreSQL 18, and the pg_dump here is of version 15, which refuses a newer server: install PostgreSQL's client programs of version 18 or newer \(Debian: apt-get install postgresql-client-18\), or set PG_DUMP_PATH to where pg_dump is\.$/,
    );
  });

  test("that there is no such program", async () => {
    process.env.PG_DUMP_PATH = "/nowhere/pg_dump";
    await expect(make()).rejects.toThrow("PG_DUMP_PATH names a program that is not there.");
  });

  test("that a pooler stands between", async () => {
    await using pooler = await startPooler(desk.owner);
    process.env.BACKUP_DATABASE_URL = pooler.url;
    await expect(make()).rejects.toThrow("goes through a pooler");
  });

  test("that there is no location, or nothing to be kept", async () => {
    process.env.BACKUP_DIR = join(folder, "absent");
    await expect(make()).rejects.toThrow("BACKUP_DIR names a folder that is not there");
    process.env.BACKUP_DIR = folder;
    process.env.BACKUP_DATABASE_URL = urlOf(world.server, "desk_owner", "template_empty");
    await expect(make()).rejects.toThrow("The database template_empty holds no tables: is it the right one?");
    expect(listFiles(folder)).toEqual([]);
  });
});

describe("a backup is refused that", () => {
  let made: Manifest;
  let dump: string;
  let kept: string;
  beforeAll(async () => {
    kept = world.begin(desk);
    made = await make();
    dump = made.dump.file;
  });
  beforeEach(() => {
    for (const file of listFiles(kept)) copyFileSync(join(kept, file), join(folder, file));
  });

  test("has one byte flipped", async () => {
    const bytes = readFileSync(join(folder, dump));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(join(folder, dump), bytes);
    expect(reasonOf(await prove(made))).toEqual([
      "refuted",
      `${dump} was changed: its bytes are not those of the manifest.`,
    ]);
    expect(listFiles(folder)).toEqual([dump, `${made.name}.json`]);
  });

  test("is cut short, longer, or missing", async () => {
    truncateSync(join(folder, dump), made.dump.bytes - 1);
    expect(reasonOf(await prove(made))[1]).toBe(
      `${dump} is cut short: ${made.dump.bytes - 1} of ${made.dump.bytes} bytes.`,
    );
    expect((await listBackups(openStore()))[0]).toMatchObject({
      manifest: null,
      problem: expect.stringContaining("of"),
    });
    appendFileSync(join(folder, dump), "xx");
    expect(reasonOf(await prove(made))[1]).toContain("another file");
    rmSync(join(folder, dump));
    expect(reasonOf(await prove(made))).toEqual(["refuted", `${dump} is missing.`]);
  });

  test("has another's manifest, or a damaged one", async () => {
    const path = join(folder, `${made.name}.json`);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(`"name": "${made.name}"`, `"name": "dump-20200101-000000"`));
    expect(reasonOf(await prove(made))[1]).toBe(`The manifest of ${made.name} is that of dump-20200101-000000.`);
    writeFileSync(path, text.slice(0, -20));
    expect(reasonOf(await prove(made))[1]).toContain("is damaged");
  });

  test("holds other rows than its manifest says", async () => {
    const path = join(folder, `${made.name}.json`);
    const { tables, ...rest } = made;
    const change = (table: string, to: object) =>
      writeFileSync(
        path,
        JSON.stringify({ ...rest, tables: tables.map((each) => (each.name === table ? { ...each, ...to } : each)) }),
      );
    change("documents", { rows: 1 });
    expect(reasonOf(await prove(made))[1]).toMatch(/documents has \d+ rows where 1 were dumped\.$/);
    change("contact_submissions", { checksum: "12" });
    expect(reasonOf(await prove(made))[1]).toMatch(/contact_submissions has other rows than were dumped\.$/);
  });

  test.each([
    ["makes tables without rows", `exec "$real_restore" --schema-only "$@"`, /contact_submissions has 0 rows/],
    ["makes nothing and ends well", "cat > /dev/null", /is missing/],
    ["fails in the middle", `"$real_restore" "$@"; echo 'pg_restore: error: it broke' >&2; exit 1`, /code 1: it broke/],
  ])("%s when it is restored", async (_what, script, reason) => {
    await replaceTools(world.folder, { restore: `case "$*" in *--list*) exec "$real_restore" "$@";; esac\n${script}` });
    expect(reasonOf(await prove(made))).toEqual(["refuted", expect.stringMatching(reason)]);
    expect(await listCheckDatabases(world.server)).toEqual([]);
  });
});

describe("a check that could not be made is no proof, and no verdict", () => {
  test("for want of a database, a server, or the key", async () => {
    const made = await make();
    process.env.BACKUP_CHECK_URL = urlOf(world.server, "website", "postgres");
    expect(reasonOf(await prove(made))).toEqual(["unchecked", expect.stringContaining("alter role website createdb")]);
    process.env.BACKUP_CHECK_URL = "postgresql://desk_owner:x@127.0.0.1:1/desk";
    expect(reasonOf(await prove(made))).toEqual(["unchecked", expect.stringContaining("Cannot reach the database")]);
    expect(listFiles(folder)).not.toContain(`${made.name}.proved.json`);
  });

  test("because it was given up: its database goes, also that of a check that was killed", async () => {
    const made = await make();
    const given = new AbortController();
    await replaceTools(world.folder, {
      restore: `case "$*" in *--list*) exec "$real_restore" "$@";; esac\nkill -USR2 ${process.pid}; exec sleep 60`,
    });
    let during: string[] = [];
    process.once("SIGUSR2", () => {
      void listCheckDatabases(world.server).then((names) => {
        during = names;
        given.abort();
      });
    });
    await expect(prove(made, given.signal)).rejects.toThrow("aborted");
    expect(during).toHaveLength(1);
    expect(await listCheckDatabases(world.server)).toEqual([]);

    await using owner = await connect(desk.owner);
    await owner.query(`create database ${during[0]}`);
    delete process.env.PG_DUMP_PATH;
    expect((await prove(made)).state).toBe("proved");
    expect(await listCheckDatabases(world.server)).toEqual([]);
  });
});

describe("in an S3 store", () => {
  let bucket: Awaited<ReturnType<typeof startBucket>>;
  beforeEach(async () => {
    bucket = await startBucket(world.folder);
    return () => bucket.stop();
  });

  test("a sealed backup is made and proved, and opens with no other key", async () => {
    const [mine, other] = [join(world.folder, "key"), join(world.folder, "other-key")];
    writeFileSync(mine, `# created by age-keygen\n${await generateX25519Identity()}\n`);
    writeFileSync(other, await generateX25519Identity());
    process.env.BACKUP_KEY_FILE = mine;
    const made = await make();
    expect([...(await openStore().list()).keys()].sort()).toEqual([`${made.name}.dump.age`, `${made.name}.json`]);
    expect((await prove(made)).state).toBe("proved");
    process.env.BACKUP_KEY_FILE = other;
    expect(reasonOf(await prove(made))).toEqual(["unchecked", expect.stringContaining("holds another key")]);
    delete process.env.BACKUP_KEY_FILE;
    expect(reasonOf(await prove(made))).toEqual(["unchecked", expect.stringContaining("set BACKUP_KEY_FILE")]);
  });

  test("what takes several parts is whole or not there", async () => {
    const store = openStore();
    const piece = randomBytes(1024 * 1024);
    async function* pieces(count: number, end?: Error) {
      for (let at = 0; at < count; at++) yield piece;
      if (end) throw end;
    }
    await store.write("large", pieces(70));
    let whole = true;
    let offset = 0;
    for await (const chunk of await store.read("large")) {
      whole &&= chunk.equals(
        Buffer.concat([piece, piece])
          .subarray(offset % piece.length)
          .subarray(0, chunk.length),
      );
      offset += chunk.length;
    }
    expect([offset, whole]).toEqual([70 * 1024 * 1024, true]);
    await expect(store.write("broken", pieces(70, new Error("it broke")))).rejects.toThrow("it broke");
    expect([...(await store.list()).keys()]).toEqual(["large"]);
  });

  test("a dump whose tool fails leaves no object", async () => {
    await replaceTools(world.folder, { dump: `"$real_dump" "$@" | head -c 20000; exit 3` });
    await expect(make()).rejects.toThrow("pg_dump failed with code 3");
    expect([...(await openStore().list()).keys()]).toEqual([]);
  });
});
