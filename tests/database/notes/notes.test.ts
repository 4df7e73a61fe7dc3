import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPool } from "@/lib/database/pool";
import type { Note, NoteResult } from "@/lib/notes/note";
import { changeNoteDeleted, changeNoteText, createNote } from "@/lib/notes/notes";
import { listNotes, listNoteVersions } from "@/lib/notes/queries";
import { openWorld } from "../change/change-world";

const world = openWorld();
let ada: string;
let tomo: string;

beforeAll(async () => {
  ada = await world.addStaff("Ada Keller");
  tomo = await world.addStaff("Tomo Sato");
});
afterAll(() => world.close());

async function addContact(): Promise<string> {
  const [id = ""] = await world.addContacts(1);
  return id;
}

function saved(result: NoteResult): Note {
  if (!result.ok) throw new Error(`refused: ${result.code}: ${result.message}`);
  return result.note;
}

async function write(contactId: string, text = "Called back.", author = ada): Promise<Note> {
  return saved(await createNote(author, { id: randomUUID(), contactId, text }));
}

const textsOf = async (contactId: string) => (await listNotes(contactId)).notes.map(({ text }) => text);

describe("a new note", () => {
  test("is kept exactly as typed, and the newest is first", async () => {
    const contactId = await addContact();
    const text = "  first line\n\n\tsecond ☎️ <b>\u202e  \n";
    const note = await write(contactId, text);
    expect(note).toMatchObject({ authorId: ada, text, version: 1, editedAt: null, deleted: false });
    await write(contactId, "later", tomo);
    expect(await textsOf(contactId)).toEqual(["later", text]);
  });

  test("sent ten times at once is one note, and each answer is that note", async () => {
    const contactId = await addContact();
    const sent = { id: randomUUID(), contactId, text: "Once." };
    const results = await Promise.all(Array.from({ length: 10 }, () => createNote(ada, sent)));
    for (const result of results) expect(saved(result)).toMatchObject({ id: sent.id, version: 1, text: "Once." });
    expect(await textsOf(contactId)).toEqual(["Once."]);
  });

  test("sent again after it was edited does not undo the edit", async () => {
    const contactId = await addContact();
    const sent = { id: randomUUID(), contactId, text: "First." };
    saved(await createNote(ada, sent));
    saved(await changeNoteText(ada, { id: sent.id, version: 1, text: "Second." }));
    expect(saved(await createNote(ada, sent))).toMatchObject({ text: "Second.", version: 2 });
    expect(await textsOf(contactId)).toEqual(["Second."]);
  });

  test("with the id of an own note that says something else is told what was saved", async () => {
    const contactId = await addContact();
    const { id } = await write(contactId, "As sent first.");
    const result = await createNote(ada, { id, contactId, text: "Typed on." });
    expect(result).toMatchObject({ ok: false, code: "taken", note: { text: "As sent first.", version: 1 } });
  });

  test("with the id of a colleague's note, or of one elsewhere, is refused", async () => {
    const contactId = await addContact();
    const { id } = await write(contactId, "Mine.");
    expect(await createNote(tomo, { id, contactId, text: "Mine." })).toMatchObject({ ok: false, code: "forbidden" });
    const elsewhere = await addContact();
    expect(await createNote(ada, { id, contactId: elsewhere, text: "Mine." })).toMatchObject({ code: "forbidden" });
  });

  test("on a contact that is gone is refused", async () => {
    const result = await createNote(ada, { id: randomUUID(), contactId: randomUUID(), text: "To nobody." });
    expect(result).toMatchObject({ ok: false, code: "gone" });
  });
});

describe("an edit", () => {
  test("keeps what the note said before, and since when", async () => {
    const contactId = await addContact();
    const first = await write(contactId, "First.");
    const second = saved(await changeNoteText(ada, { id: first.id, version: 1, text: "Second." }));
    expect(second).toMatchObject({ text: "Second.", version: 2, editedAt: expect.any(Date) });
    saved(await changeNoteText(ada, { id: first.id, version: 2, text: "Third." }));
    expect(await listNoteVersions(first.id)).toEqual([
      { version: 2, text: "Second.", writtenAt: second.editedAt },
      { version: 1, text: "First.", writtenAt: first.createdAt },
    ]);
  });

  test("of a note that was edited since it was seen changes nothing and tells what it says now", async () => {
    const { id } = await write(await addContact(), "First.");
    saved(await changeNoteText(ada, { id, version: 1, text: "From one window." }));
    const result = await changeNoteText(ada, { id, version: 1, text: "From another." });
    expect(result).toMatchObject({ ok: false, code: "stale", note: { text: "From one window.", version: 2 } });
    expect(await listNoteVersions(id)).toHaveLength(1);
  });

  test("sent again, even after a later one, is not a second edit", async () => {
    const { id } = await write(await addContact(), "First.");
    const edit = { id, version: 1, text: "Second." };
    saved(await changeNoteText(ada, edit));
    expect(saved(await changeNoteText(ada, edit))).toMatchObject({ text: "Second.", version: 2 });
    saved(await changeNoteText(ada, { id, version: 2, text: "Third." }));
    expect(saved(await changeNoteText(ada, edit))).toMatchObject({ text: "Third.", version: 3 });
  });

  test("that changes nothing is no version", async () => {
    const { id } = await write(await addContact(), "Same.");
    expect(saved(await changeNoteText(ada, { id, version: 1, text: "Same." }))).toMatchObject({ version: 1 });
    expect(await listNoteVersions(id)).toEqual([]);
  });

  test("by anybody but the author is refused, an admin included", async () => {
    const { id } = await write(await addContact(), "Mine.");
    await world.query("update staff set role = 'admin' where id = $1", [tomo]);
    expect(await changeNoteText(tomo, { id, version: 1, text: "Yours." })).toMatchObject({ code: "forbidden" });
    expect(await changeNoteDeleted(tomo, { id, deleted: true })).toMatchObject({ code: "forbidden" });
    expect((await listNoteVersions(id)).length).toBe(0);
  });

  test("100 rounds from several windows: each version but the first is one success, and no text is lost", async () => {
    const contactId = await addContact();
    const { id } = await write(contactId, "0");
    const wrote = ["0"];
    let successes = 0;
    for (let round = 0; round < 100; round++) {
      const version = 1 + successes;
      const rivals = Array.from({ length: 2 + (round % 3) }, (_, rival) => `${round}.${rival}`);
      const results = await Promise.all(rivals.map((text) => changeNoteText(ada, { id, version, text })));
      const winners = results.flatMap((result) => (result.ok ? [result.note.text] : []));
      expect(winners).toHaveLength(1);
      for (const result of results) if (!result.ok) expect(result).toMatchObject({ code: "stale" });
      wrote.push(...winners);
      successes++;
    }
    const { rows } = await world.query(
      `select text from contact_note_versions where note_id = $1
      union all select text from contact_notes where id = $1`,
      [id],
    );
    expect(rows.map(({ text }) => text).sort()).toEqual(wrote.sort());
    expect((await listNotes(contactId)).notes[0]?.version).toBe(1 + successes);
  });
});

describe("a deleted note", () => {
  test("shows no text to anybody, nor what it said before, and comes back whole", async () => {
    const contactId = await addContact();
    const { id } = await write(contactId, "First.");
    saved(await changeNoteText(ada, { id, version: 1, text: "Second." }));
    expect(saved(await changeNoteDeleted(ada, { id, deleted: true }))).toMatchObject({ deleted: true, text: "" });
    expect(await listNoteVersions(id)).toEqual([]);
    expect((await listNotes(contactId)).notes).toMatchObject([{ deleted: true, text: "" }]);
    const restored = saved(await changeNoteDeleted(ada, { id, deleted: false }));
    expect(restored).toMatchObject({ deleted: false, text: "Second.", version: 4 });
    expect(await listNoteVersions(id)).toMatchObject([{ text: "First." }]);
  });

  test("is deleted once, however often that is sent", async () => {
    const { id } = await write(await addContact());
    const results = await Promise.all(Array.from({ length: 5 }, () => changeNoteDeleted(ada, { id, deleted: true })));
    for (const result of results) expect(saved(result).version).toBe(2);
  });

  test("is stale to an edit begun before, and there again by one that has seen it", async () => {
    const { id } = await write(await addContact(), "First.");
    saved(await changeNoteDeleted(ada, { id, deleted: true }));
    const result = await changeNoteText(ada, { id, version: 1, text: "Typed meanwhile." });
    expect(result).toMatchObject({ ok: false, code: "stale", note: { deleted: true, version: 2 } });
    const kept = saved(await changeNoteText(ada, { id, version: 2, text: "Typed meanwhile." }));
    expect(kept).toMatchObject({ deleted: false, text: "Typed meanwhile." });
  });
});

test("notes outlive a contact that the website deletes, and the delete asks nothing of them", async () => {
  const contactId = await addContact();
  await write(contactId, "Kept.");
  await world.query("delete from contact_submissions where id = $1", [contactId]);
  expect(await textsOf(contactId)).toEqual(["Kept."]);
});

test("the page of a contact with very many notes shows the newest and says that there are more", async () => {
  const contactId = await addContact();
  await world.query(
    `insert into contact_notes (id, contact_id, author_id, text, created_at, written_at)
    select gen_random_uuid(), $1, $2, n::text, at, at
    from (select n, now() - n * interval '1 minute' as at from generate_series(1, 201) n) w`,
    [contactId, ada],
  );
  const { notes, continues } = await listNotes(contactId);
  expect(continues).toBe(true);
  expect(notes).toHaveLength(200);
  expect([notes[0]?.text, notes.at(-1)?.text]).toEqual(["1", "200"]);
});

test.each([
  "delete from contact_notes",
  "update contact_notes set author_id = author_id",
  "update contact_notes set version = 1",
  "update contact_notes set created_at = now()",
  "delete from contact_note_versions",
  "update contact_note_versions set text = ''",
  "insert into contact_note_versions select id, 1, '', now() from contact_notes",
])("the application has no right to: %s", async (sql) => {
  await expect(getPool().query(sql)).rejects.toMatchObject({ code: "42501" });
});
