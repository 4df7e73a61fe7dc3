import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { runChunk } from "@/lib/change/bulk";
import { getBulk } from "@/lib/change/bulk-progress";
import { undoBatch } from "@/lib/change/change";
import { startHandover } from "@/lib/change/handover";
import { viewerIn } from "../../viewer";
import { openWorld, settled } from "./change-world";

const world = openWorld();
afterAll(() => world.close());

async function listAssignees(ids: string[]): Promise<(string | null)[]> {
  const { rows } = await world.query("select assignee_id from contact_submissions where id = any($1) order by id", [
    ids,
  ]);
  return rows.map((row) => row.assignee_id);
}

async function makeChunks(): Promise<void> {
  while (await runChunk());
}

test("a person's contacts go to somebody else as one batch, all others stay, and the undo gives them back", async () => {
  const [admin, leaving, heir] = await Promise.all(["Admin", "Leaving", "Heir"].map((name) => world.addStaff(name)));
  if (!admin || !leaving || !heir) throw new Error("nobody was made");
  const theirs = await world.addContacts(3);
  const [other = ""] = await world.addContacts(1);
  await world.query("update contact_submissions set assignee_id = $1 where id = any($2)", [leaving, theirs]);
  await world.query("update contact_submissions set assignee_id = $1 where id = $2", [heir, other]);
  const viewer = { ...viewerIn("UTC"), staffId: admin };
  const request = { key: randomUUID(), from: leaving, to: heir };

  expect(await startHandover(viewer, request)).toEqual({ ok: true, batch: request.key });
  expect(await startHandover(viewer, request)).toEqual({ ok: true, batch: request.key });
  await makeChunks();
  expect(await getBulk(request.key)).toMatchObject({ total: 3, done: 3, stale: 0, state: "finished" });
  expect(await listAssignees(theirs)).toEqual([heir, heir, heir]);
  const { rows } = await world.query("select kind, staff_id from change_batches where id = $1", [request.key]);
  expect(rows).toEqual([{ kind: "handover", staff_id: admin }]);

  settled(await undoBatch(admin, { key: randomUUID(), batch: request.key }));
  await makeChunks();
  expect(await listAssignees(theirs)).toEqual([leaving, leaving, leaving]);
  expect(await listAssignees([other])).toEqual([heir]);
});

test("to nobody is possible, and where nothing is theirs there is nothing to do", async () => {
  const [admin = "", leaving = ""] = await Promise.all(["Admin", "Leaving"].map((name) => world.addStaff(name)));
  const viewer = { ...viewerIn("UTC"), staffId: admin };
  expect(await startHandover(viewer, { key: randomUUID(), from: leaving, to: null })).toBeNull();
  const theirs = await world.addContacts(2);
  await world.query("update contact_submissions set assignee_id = $1 where id = any($2)", [leaving, theirs]);
  await startHandover(viewer, { key: randomUUID(), from: leaving, to: null });
  await makeChunks();
  expect(await listAssignees(theirs)).toEqual([null, null]);
});
