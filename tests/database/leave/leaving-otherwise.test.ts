import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { leaveDatabase } from "@/lib/database/leave/leaving";
import { describeLeaving } from "@/lib/database/leave/leaving-words";
import { migrate } from "@/lib/database/migrate/migrations";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, createInstallation, migrationOf } from "../installation";
import { website } from "../website-statements";

const adopt = (database: TestDatabase) => migrate({ ...migrationOf(database), adopt: () => true });

test("leaving a database adopted before that was written down keeps what it cannot know, and says so", async () => {
  const database = await createInstallation(inject("server"));
  {
    await using owner = await connect(database.owner);
    await using site = await connect(database.website);
    await adopt(database);
    await owner.query("drop table found_at_adoption");
    await owner.query("delete from schema_migration where name = '0005_found_at_adoption.sql'");
    expect(await migrate(migrationOf(database))).toEqual(["0005_found_at_adoption.sql"]);

    const words = describeLeaving(await leaveDatabase(migrationOf(database)));

    expect(words).toContain("adopted by a version that did not keep the old ones");
    expect(words).toContain("The rights of desk_app on the website's tables, because it is not known");
    expect(await website.count(site)).toBe(1);
    await website.submit(site, "contact_1793000000_00000001");
    await website.analyse(site, "contact_1793000000_00000001", "{}");
    const left = await owner.query(
      "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    );
    expect(left.rows.map(({ relname }) => relname)).toEqual([
      "analytics_events",
      "contact_submissions",
      "documents",
      "website_visitors",
    ]);
  }
  await database.drop();
});

test("leaving a database that Contact Desk made leaves the website all that it works on", async () => {
  const database = await createDatabase(inject("server"));
  {
    await using owner = await connect(database.owner);
    await using site = await connect(database.website);
    await leaveDatabase(migrationOf(database));
    await website.submit(site, "contact_1793000000_00000001");
    await website.analyse(site, "contact_1793000000_00000001", "{}");
    expect(await website.count(site)).toBe(1);
    const { rows } = await owner.query(
      "select updated_at > created_at as touched, to_jsonb(c) ? 'version' as ours from contact_submissions c",
    );
    expect(rows).toEqual([{ touched: true, ours: false }]);
  }
  await database.drop();
});

test("the command prints the plan and changes nothing, until it is told yes", async () => {
  const database = await createInstallation(inject("server"));
  await adopt(database);
  const environment = { ...process.env, DATABASE_URL: database.app, DATABASE_DIRECT_URL: database.owner };
  const command = ["--conditions=react-server", "--import", "tsx", "scripts/uninstall-from-website.ts"];
  const run = (...more: string[]) => promisify(execFile)(process.execPath, [...command, ...more], { env: environment });
  const { stdout } = await run();
  expect(stdout).toContain("Nothing has been changed. To do it: npm run uninstall-from-website -- --yes");
  expect(stdout).toContain("before-leaving.dump");
  await using owner = await connect(database.owner);
  expect((await owner.query("select to_regclass('staff') is null as gone")).rows).toEqual([{ gone: false }]);
  expect((await run("--yes")).stdout).toContain(`Contact Desk has left the database ${database.name}.`);
  expect((await owner.query("select to_regclass('staff') is null as gone")).rows).toEqual([{ gone: true }]);
  await expect(run("--yes")).rejects.toMatchObject({
    stderr: "Contact Desk is not in this database: there is nothing to do.\n",
  });
  await owner.end();
  await database.drop();
});
