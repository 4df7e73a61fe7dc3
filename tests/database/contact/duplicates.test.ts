import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { listDuplicates } from "@/lib/contact/duplicate-queries";
import { openWorld } from "../change/change-world";

const world = openWorld();
afterAll(() => world.close());

const long = "We want to leave our key-value store for PostgreSQL. Can you estimate the migration? Kind regards";

type Given = { email?: string; company?: string; message?: string; at?: string; id?: string };

async function add({ id = randomUUID(), email = `${randomUUID()}@x.example`, ...given }: Given = {}): Promise<string> {
  const { company = null, message = randomUUID().repeat(3), at = "2026-03-01T12:00:00Z" } = given;
  await world.query(
    `insert into contact_submissions (id, name, email, company, message, "timestamp") values ($1, 'N', $2, $3, $4, $5)`,
    [id, email, company, message, at],
  );
  return id;
}

async function attach(contactId: string, hash: string | null, filename = "plan.pdf", size = 10) {
  await world.query(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, file_hash)
    values ($1, $2, $3, 'application/pdf', 'requirements', now(), $4)`,
    [contactId, filename, size, hash],
  );
}

const idsOf = async (id: string) => (await listDuplicates(id)).map((duplicate) => duplicate.id);

describe("a contact may repeat", () => {
  test("those of the same address in any case, the nearest in time first", async () => {
    const email = `Mara.${randomUUID()}@x.example`;
    const id = await add({ email });
    const far = await add({ email: email.toUpperCase(), at: "2025-01-01Z" });
    const near = await add({ email: email.toLowerCase(), at: "2026-03-02Z" });
    expect(await listDuplicates(id)).toMatchObject([
      { id: near, sameAddress: true, file: null, likeness: null },
      { id: far, sameAddress: true, file: null, likeness: null },
    ]);
  });

  test("those with the same file, whatever it is called there", async () => {
    const hash = randomUUID();
    const [id, other] = [await add(), await add({ at: "2020-01-01Z" })];
    await attach(id, hash);
    await attach(other, hash, "copy of plan.pdf");
    expect(await listDuplicates(id)).toMatchObject([{ id: other, file: "copy of plan.pdf", sameAddress: false }]);
  });

  test("those sent just before or after with nearly the same message", async () => {
    const id = await add({ message: long, at: "2026-04-01T12:00:00Z" });
    const other = await add({ message: `${long}, Mara`, at: "2026-04-01T12:04:00Z" });
    expect(await listDuplicates(id)).toMatchObject([{ id: other, likeness: "near" }]);
    expect(await idsOf(other)).toEqual([id]);
  });

  test("one of the same company long before, with the same message", async () => {
    const company = `Northlight ${randomUUID()}`;
    const message = `${long} ${randomUUID()}`;
    const first = await add({ company, message, at: "2020-04-01Z" });
    // More than are compared by their time lie between the two.
    await world.query(
      `insert into contact_submissions (id, name, email, message, "timestamp")
      select gen_random_uuid(), 'N', gen_random_uuid() || '@x.example', '', '2022-01-01'::timestamptz + n * interval '1 hour'
      from generate_series(1, 250) n`,
    );
    const second = await add({ company, message, at: "2024-04-01Z" });
    expect(await listDuplicates(second)).toMatchObject([{ id: first, likeness: "same", sameAddress: false }]);
  });
});

describe("a contact does not repeat", () => {
  test("others that gave no address either, nor no company", async () => {
    for (const email of ["", "Not specified", "not specified"]) {
      const [id, other] = [await add({ email, company: "" }), await add({ email, company: "" })];
      expect(await idsOf(id)).not.toContain(other);
    }
  });

  test("others whose file was not hashed, or is as empty as its own", async () => {
    const [id, other] = [await add(), await add()];
    const hash = randomUUID();
    for (const each of [id, other]) {
      await attach(each, null);
      await attach(each, "");
    }
    await attach(id, hash, "empty.txt", 0);
    await attach(other, hash, "empty.txt", 0);
    expect(await idsOf(id)).toEqual([]);
  });

  test("one that is a duplicate already: the original is suggested", async () => {
    const email = `${randomUUID()}@x.example`;
    const [id, original, repeats] = [await add({ email }), await add({ email }), await add({ email })];
    await world.query("update contact_submissions set status = 'closed', duplicate_of = $2 where id = $1", [
      repeats,
      original,
    ]);
    expect(await idsOf(id)).toEqual([original]);
  });

  test("anything when it is gone", async () => {
    expect(await listDuplicates(randomUUID())).toEqual([]);
  });
});

test("ten thousand of one address are no reason to wait: what is read is bounded", async () => {
  const email = `${randomUUID()}@x.example`;
  const id = await add({ email });
  await world.query(
    `insert into contact_submissions (id, name, email, message, "timestamp")
    select gen_random_uuid(), 'N', $1, '', now() from generate_series(1, 10000)`,
    [email],
  );
  expect(await idsOf(id)).toHaveLength(5);
});
