import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { readMigrations } from "@/lib/database/migrate/migration-files";
import { migrate } from "@/lib/database/migrate/migrations";
import { describeSchema } from "@/scripts/database/schema-text";
import { createDatabase } from "../databases";
import { connect, migrationOf } from "../installation";

const written = readFileSync("docs/schema.sql", "utf8");
const migrations = readMigrations("sql");

test("docs/schema.sql is what all migrations make of nothing; else npm run db:schema writes it anew", async () => {
  const database = await createDatabase(inject("server"), "empty");
  await migrate(migrationOf(database));
  {
    await using owner = await connect(database.owner);
    expect(await describeSchema(owner, migrations)).toBe(written);
  }
  await database.drop();
});

test("docs/schema.sql makes the same schema where there is nothing", async () => {
  const database = await createDatabase(inject("server"), "empty");
  {
    await using owner = await connect(database.owner);
    await owner.query(written);
    expect(await describeSchema(owner, migrations)).toBe(written);
  }
  await database.drop();
});

test("a kind of object that it cannot print is no silent gap", async () => {
  const database = await createDatabase(inject("server"), "empty");
  {
    await using owner = await connect(database.owner);
    await owner.query(
      "create table one (id serial); create type colour as enum ('red'); create view two as select * from one",
    );
    await expect(describeSchema(owner, migrations)).rejects.toThrow(/cannot print: (two, colour|colour, two)\.$/);
  }
  await database.drop();
});
