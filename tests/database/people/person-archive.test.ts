import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerArchive } from "@/lib/people/archive";
import { listPersonActs } from "@/lib/people/queries";
import { openWorld } from "../change/change-world";
import { plantZora, zora } from "./forgetting-world";
import { readZip } from "./zip";

const world = openWorld();
let folder: string;
let staff: string;

beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = "x".repeat(32);
  folder = await mkdtemp(join(tmpdir(), "desk-archive-"));
  process.env.DOCUMENTS_DIR = folder;
  await mkdir(join(folder, "desk-files", "zora"), { recursive: true });
  await writeFile(join(folder, "desk-files", "zora", "quagliatelli.txt"), "what she sent");
  ({ staff } = await plantZora(world));
});
afterAll(async () => {
  delete process.env.DOCUMENTS_DIR;
  await rm(folder, { recursive: true });
  await world.close();
});

const ask = (contact: string) => answerArchive({ contact, staffId: staff, signal: new AbortController().signal });

test("the archive of a person holds all that is theirs, and says which file is missing", async () => {
  const answer = await ask(zora.second);
  expect(answer.headers.get("content-disposition")).toContain(".zip");
  const files = readZip(Buffer.from(await answer.arrayBuffer()));
  const json = (name: string) => JSON.parse(files.get(name)?.toString("utf8") ?? "null");

  expect(json("person.json")).toMatchObject({ contacts: [zora.contact, zora.second] });
  expect(json("contacts.json")).toMatchObject([{ id: zora.contact, email: zora.address }, { id: zora.second }]);
  expect(json("contacts.json")[0].message).toContain(zora.word);
  expect(json("notes.json")).toMatchObject([{ author: "Colleague", earlier: [{ version: 1 }] }]);
  expect(json("history.json")).toMatchObject([
    { contact_id: zora.contact, status_to: null },
    { contact_id: zora.contact, status_to: "spam" },
  ]);
  expect(json("events.json")).toMatchObject([
    { event_type: "contact_submission", timestamp: expect.stringMatching(/^20(19|20)-/) },
    { event_type: "contact_submission" },
  ]);
  const documents = json("documents.json");
  expect(documents).toHaveLength(2);
  expect(documents[0]).not.toHaveProperty("s3_key");
  const listed: { file: string | null; problem?: string }[] = json("files.json");
  expect(listed.filter(({ file }) => file === null)).toMatchObject([
    { problem: "The file is missing from the store." },
  ]);
  const name = listed.find(({ file }) => file !== null)?.file ?? "";
  expect(files.get(name)?.toString()).toBe("what she sent");
});

test("an archive is written down before it leaves, without a name", async () => {
  const before = (await listPersonActs()).length;
  const answer = await ask(zora.contact);
  await answer.body?.cancel();
  const acts = await listPersonActs();
  expect(acts).toHaveLength(before + 1);
  expect(acts[0]).toMatchObject({ kind: "archive", staff: "Colleague", counts: {} });
});

test("nobody is told of plainly", async () => {
  const answer = await ask("contact_of_nobody");
  expect(answer.status).toBe(404);
});
