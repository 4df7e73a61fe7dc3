import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "@/lib/database/migrate/migrations";
import { connect, migrationOf, useInstallations } from "../installation";
import { measureStalls } from "../stalls";
import { website } from "../website-statements";

/** The migrations from before history was partitioned. */
const earlier = mkdtempSync(join(tmpdir(), "contact-desk-sql-"));
beforeAll(() => {
  for (const name of readdirSync("sql").filter((each) => each < "0800")) {
    copyFileSync(join("sql", name), join(earlier, name));
  }
});
afterAll(() => rmSync(earlier, { recursive: true }));

describe.each([18, 15])("history that is there already, on PostgreSQL %i", (version) => {
  const { install } = useInstallations(version);

  test("is divided while the website changes contacts and the desk reads: nothing fails, waits or is lost", async () => {
    const database = await install();
    await migrateEarlier(migrationOf(database));
    {
      await using owner = await connect(database.owner);
      await using site = await connect(database.website);
      await using app = await connect(database.app);
      await using idle = await connect(database.app);
      await owner.query("alter default privileges in schema public grant all on tables to website");
      await owner.query("grant select on contact_history to desk_app");
      // One from when the server's clock was wrong.
      await owner.query(`
        insert into contact_history (changed_at, contact_id, operation, actor, database_role)
        select now() - n * interval '1 minute', 'old-' || n, 'update', 'system', 'x' from generate_series(1, 50000) n
        union all select '2090-01-01', 'early', 'update', 'system', 'x'`);
      const { rows: before } = await owner.query("select max(id)::int as last from contact_history");
      const waits: number[] = [];
      let going = true;
      let changed = 0;
      const write = async () => {
        await website.submit(site, "contact_1793000000_00000001");
        while (going) {
          changed += 1;
          const started = performance.now();
          await website.analyse(site, "contact_1793000000_00000001", JSON.stringify({ total_documents: changed }));
          waits.push(performance.now() - started);
        }
      };
      const read = async () => {
        for (let least = 50_001; going; ) {
          const { rows } = await app.query("select count(*)::int as n from contact_history");
          expect(rows[0].n).toBeGreaterThanOrEqual(least);
          least = rows[0].n;
        }
      };
      const stalls = measureStalls(idle, () => going);
      const ended = [migrate(migrationOf(database)), write(), read()].map((each) =>
        each.finally(() => {
          going = false;
        }),
      );
      await Promise.allSettled(ended);
      await Promise.all(ended);

      expect(changed).toBeGreaterThan(20);
      expect(Math.max(...waits)).toBeLessThan(1_000 + (await stalls));
      const { rows } = await owner.query(
        "select count(*)::int as n, count(distinct id)::int as ids, max(id)::int - $1 as since from contact_history",
        [before[0].last],
      );
      expect(rows).toEqual([{ n: 50_001 + changed, ids: 50_001 + changed, since: changed }]);
      const where = await owner.query(
        "select tableoid::regclass::text as part, count(*)::int as n from contact_history where contact_id like 'old%' or contact_id = 'early' group by 1 order by 1",
      );
      expect(where.rows).toEqual([
        { part: "contact_history_before", n: 50_000 },
        { part: "contact_history_default", n: 1 },
      ]);
      for (const part of ["contact_history", "contact_history_before", "contact_history_default"]) {
        await expect(owner.query(`delete from ${part}`)).rejects.toThrow("append-only");
        await expect(site.query(`select from ${part}`)).rejects.toThrow("permission denied");
      }
      await expect(app.query("delete from contact_history")).rejects.toThrow("permission denied");
    }
  });
});

async function migrateEarlier(options: ReturnType<typeof migrationOf>): Promise<void> {
  // Today's grants name tables that do not exist yet; all other grants are applied.
  await migrate({ ...options, folder: earlier, adopt: () => true }).catch((error: Error) => {
    if (!error.message.includes("detached_history")) throw error;
  });
}
