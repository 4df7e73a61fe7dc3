import pg from "pg";
import { query } from "../sign-in";
import { expect, findViolations, test } from "../signed-in";

test.use({ person: { role: "admin", name: "Ada Keller" } });

test("an administrator finds out which screen is slow, why, and what is missing to see more", async ({ page }) => {
  await page.goto("/contacts");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Database" }).click();
  await expect(page.getByRole("heading", { name: "Database", level: 1 })).toBeVisible();
  await expect(page.getByText(/^PostgreSQL 18\.\d+ · test_/)).toBeVisible();
  // Nobody has given the desk's role more than it needs here.
  const hints = page.getByRole("region", { name: "To see more" });
  await expect(hints.getByText("grant pg_monitor to desk_app;")).toBeVisible();
  await expect(hints.getByText("create extension pg_stat_statements;")).toBeVisible();

  const screens = page.getByRole("region", { name: "Which screen is slow" });
  await screens.getByText(/^Inbox/).click();
  const first = screens.getByRole("region", { name: "Statement 1 of Inbox" });
  await expect(first).toContainText(/select/i);
  await screens.getByRole("button", { name: "Show the plan of statement 1 of Inbox" }).click();
  await expect(screens.getByText(/^Planned for any values, not run\./)).toBeVisible();
  await expect(screens.getByRole("region", { name: "Plan of statement 1 of Inbox" })).toContainText("cost=");

  await expect(page.getByRole("region", { name: "Tables, table" })).toContainText("contact_submissions");
  await expect(page.getByRole("region", { name: "Doubled indexes", exact: true })).toContainText(
    "No index doubles another.",
  );
  await expect(page.getByText(/^\d+ applied, none to be applied\.$/)).toBeVisible();
  await expect(page.getByText("No replica is connected.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Backups", exact: true })).toContainText(
    "No backups are made: set BACKUP_DIR or BACKUP_S3_BUCKET.",
  );
  expect(await findViolations(page)).toEqual([]);
});

test("who waits for whom is on the page, on a phone too", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await query("create table database_spec as select 1 as id");
  const [holder, waiter] = [1, 2].map(() => new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL }));
  try {
    await holder?.connect();
    await waiter?.connect();
    await holder?.query("begin; lock table database_spec in access exclusive mode");
    const waiting = waiter?.query("select * from database_spec");
    await expect
      .poll(() => query("select from pg_locks where not granted and relation = 'database_spec'::regclass"))
      .toHaveLength(1);
    await page.goto("/database");
    const locks = page.getByRole("region", { name: "Locks now, table" });
    await expect(
      locks.getByRole("row", { name: /desk_owner session \d+ .*database_spec AccessShareLock/ }),
    ).toBeVisible();
    // Its size is asked for all the same, and nobody waits for it.
    await expect(page.getByText("locked, as last measured")).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    await holder?.query("rollback");
    await waiting;
  } finally {
    await Promise.all([holder?.end(), waiter?.end()]);
    await query("drop table database_spec");
  }
});

test("which backups were proved, and why others were not, is on the page", async ({ page }) => {
  await query(`insert into backup_runs (scheduled, started_by, started_at, ended_at, made_at, name, bytes, check_state, reason) values
    (true, 'spec', now() - interval '7 hours', now() - interval '6 hours', now() - interval '418 minutes', 'dump-20260101-000000', 51000000, 'proved', null),
    (true, 'spec', now() - interval '1 hour', now(), null, null, null, null, 'There is no pg_dump here.'),
    (false, 'spec', now(), now(), now(), 'dump-20260101-060000', 1000, 'unchecked', 'No database could be made.')`);
  try {
    await page.goto("/database");
    const table = page.getByRole("region", { name: "Backups, table" });
    await expect(table.getByRole("row", { name: /dump-20260101-000000 Proved 51 MB 2 min/ })).toBeVisible();
    await expect(table.getByRole("row", { name: /Failed There is no pg_dump here\. –/ })).toBeVisible();
    await expect(
      table.getByRole("row", {
        name: /dump-20260101-060000 · by hand Couldn't be checked No database could be made\./,
      }),
    ).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
  } finally {
    await query("delete from backup_runs where started_by = 'spec'");
  }
});
