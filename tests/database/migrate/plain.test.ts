import { describe, expect, test } from "vitest";
import { leaveDatabase, readLeavingPlan } from "@/lib/database/leave/leaving";
import { describePlan } from "@/lib/database/migrate/migration-plan";
import { migrate, planMigrations } from "@/lib/database/migrate/migrations";
import { readColumns, readContents } from "../contents";
import type { TestDatabase } from "../databases";
import { connect, migrationOf, useServer } from "../installation";
import { createPlainInstallation, type PlainSchema, plainColumns, plainSchemas } from "./plain-installation";
import { describeWholeCatalogue, readEveryRow } from "./whole-catalogue";

const adopt = (database: TestDatabase) => migrate({ ...migrationOf(database), adopt: () => true });
/** Longer than what fits into a b-tree, and hard to compress. */
const endless = Array.from({ length: 9_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000))).join("");

describe.each([18, 16])("a plain database on PostgreSQL %i", (version) => {
  const server = useServer(version);

  describe.each(Object.entries<PlainSchema>(plainSchemas))("%s", (_name, schema) => {
    test("is adopted without a row written anew, serves the website as before, and comes back as it was", async () => {
      await using plain = await disposable(createPlainInstallation(server(), schema));
      const { database } = plain;
      await using owner = await connect(database.owner);
      await using site = await connect(database.website);
      const catalogue = await describeWholeCatalogue(owner);
      const rows = await readEveryRow(owner);
      const columns = await readColumns(owner);
      const contents = await readContents(owner);
      const long = schema.text.includes("(") ? "x" : endless;
      const submit = (id: string) =>
        site.query(
          `insert into contact_submissions (${plainColumns}) values ($1, $2, 'ada@example.com', $2, $2, $2, 'Hello', $3, $2, null, $3, $3)`,
          [id, long, "2026-11-02T08:00:00Z"],
        );

      const plan = await planMigrations(migrationOf(database));
      expect(plan.adoption?.problems).toEqual([]);
      expect(plan.adoption?.missing).toContain("contact_submissions.page_url");
      expect(plan.adoption?.missing.includes("documents")).toBe(!schema.tables.includes("documents"));
      expect(describePlan(plan)).toContain(
        "What is missing is added; a new column has null or one value for all rows:",
      );
      await adopt(database);

      // Their own rows of the catalogue, their file and each row's place are as before.
      expect(await readContents(owner, columns)).toMatchObject(contents);
      await submit("contact_1793000000_00000001");
      await site.query(
        "update contact_submissions set document_insights = '{}', status = 'x' where id like 'contact_1793%'",
      );
      expect(
        (await site.query("select count(*)::int as n from contact_submissions where name = $1", [long])).rows,
      ).toEqual([{ n: 1 }]);
      const given = "select distinct source, page_url from contact_submissions";
      expect((await owner.query(given)).rows).toEqual([{ source: "website", page_url: null }]);
      await owner.query("delete from contact_submissions where id like 'contact_1793%'");
      await leaveDatabase(migrationOf(database));

      expect(await describeWholeCatalogue(owner)).toEqual(catalogue);
      expect(await readEveryRow(owner)).toEqual(rows);
    });
  });

  test("keeps at leaving what the website has begun to use, and says so", async () => {
    await using plain = await disposable(createPlainInstallation(server(), plainSchemas["of one empty table"]));
    const { database } = plain;
    await adopt(database);
    await using owner = await connect(database.owner);
    await owner.query(
      `insert into contact_submissions (id, name, email, message, "timestamp", page_url) values ('1', 'Ada', 'a', '', now(), '/')`,
    );
    await owner.query("insert into website_visitors (count) values (1)");
    expect((await readLeavingPlan(migrationOf(database))).stays).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^website_visitors,/),
        expect.stringMatching(/^contact_submissions\.page_url,/),
      ]),
    );
    await leaveDatabase(migrationOf(database));
    expect(await readColumns(owner)).toEqual({
      contact_submissions: [...plainColumns.split(", "), "page_url"],
      website_visitors: ["id", "count", "last_updated"],
    });
    expect((await owner.query("select increment_visitor_count() as n")).rows).toEqual([{ n: 2 }]);
  });

  test("is refused in words where a value that every row needs is missing", async () => {
    await using plain = await disposable(
      createPlainInstallation(
        server(),
        plainSchemas["of texts and times without a zone, with no default and no index"],
      ),
    );
    await using owner = await connect(plain.database.owner);
    await owner.query(`update contact_submissions set "timestamp" = null where status is null`);
    await expect(adopt(plain.database)).rejects.toThrow(
      "contact_submissions.timestamp is null in some rows. Give each of them a value.",
    );
  });
});

async function disposable(made: Promise<TestDatabase>): Promise<{ database: TestDatabase } & AsyncDisposable> {
  const database = await made;
  return { database, [Symbol.asyncDispose]: () => database.drop() };
}
