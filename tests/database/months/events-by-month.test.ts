import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { divideEvents } from "@/lib/database/events/divide";
import { joinEvents } from "@/lib/database/events/rejoin";
import { leaveDatabase } from "@/lib/database/leave/leaving";
import { migrate } from "@/lib/database/migrate/migrations";
import type { TestDatabase } from "../databases";
import { connect, migrationOf, useInstallations } from "../installation";
import { describeWholeCatalogue, readEveryRow } from "../migrate/whole-catalogue";
import { measureStalls } from "../stalls";

const adopt = (database: TestDatabase) => migrate({ ...migrationOf(database), adopt: () => true });
const countEvents = "select count(*)::int as n from analytics_events";

describe.each([18, 15])("an adopted table of events on PostgreSQL %i", (version) => {
  const { install: installPlain } = useInstallations(version);

  /**
   * With what others may have added: views on views, rights, triggers, a foreign key, events of tomorrow and of 2100.
   */
  async function install(): Promise<TestDatabase> {
    const database = await installPlain();
    await using owner = await connect(database.owner);
    await owner.query(`
      alter table analytics_events add column contact_id varchar(255) references contact_submissions (id);
      create index idx_analytics_page on analytics_events ((event_data ->> 'page')) where event_type = 'page_view';
      create view v_events with (security_barrier = true) as select id, event_type, "timestamp" from analytics_events;
      create view v_days as select date_trunc('day', "timestamp") as day, count(*) as events from v_events group by 1;
      grant select, update, delete on analytics_events to website;
      grant select on v_events, v_days to website;
      comment on table analytics_events is 'What visitors do';
      create table told (id uuid, at timestamptz default clock_timestamp());
      create function tell() returns trigger language plpgsql security definer set search_path = public as $$
        begin insert into told (id) values (new.id); return null; end $$;
      create trigger tell after insert on analytics_events for each row execute function tell();
      insert into analytics_events (event_type, event_data, "timestamp")
      select 'page_view', jsonb_build_object('page', '/' || n), now() - make_interval(hours => n) from generate_series(1, 20000) n;
      insert into analytics_events (event_type, event_data, "timestamp")
      values ('page_view', '{}', '2100-01-01'), ('page_view', '{}', now() + interval '40 days'), ('page_view', '{}', 'infinity')`);
    return database;
  }

  test("is divided and made one again while the website writes, reads and deletes: nothing fails, waits or is lost", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    // With a trigger, moves take a lock anyway; without one they must take it too.
    if (version === 15) await owner.query("drop trigger tell on analytics_events");
    const before = await describeWholeCatalogue(owner);
    await adopt(database);
    await using site = await connect(database.website);
    await using reader = await connect(database.website);
    await using toucher = await connect(database.website);
    await using slow = await connect(database.website);
    await using idle = await connect(database.website);
    let going = true;
    const waits: number[] = [];
    const kept = new Set<string>();
    let sent = 0;
    const timed = async <R>(statement: () => Promise<R>): Promise<R> => {
      const started = performance.now();
      const result = await statement();
      waits.push(performance.now() - started);
      return result;
    };
    const write = async () => {
      while (going) {
        sent += 1;
        // Of now, of last year, of beyond all months.
        const at = ["now", "2025-11-05", "2099-01-01"][sent % 3];
        const { rows } = await timed(() =>
          site.query(
            `insert into analytics_events (event_type, event_data, "timestamp") values ('page_view', $1, $2) returning id`,
            [JSON.stringify({ n: sent }), at],
          ),
        );
        const [{ id }] = rows;
        kept.add(id);
        const changed = await timed(() =>
          site.query("update analytics_events set event_data = event_data || '{\"seen\": true}' where id = $1", [id]),
        );
        expect(changed.rowCount).toBe(1);
        if (sent % 5 === 0) {
          expect((await timed(() => site.query("delete from analytics_events where id = $1", [id]))).rowCount).toBe(1);
          kept.delete(id);
        }
      }
    };
    let least = 20_000;
    const read = async () => {
      while (going) {
        for (const table of ["analytics_events", "v_events"]) {
          const { rows } = await timed(() => reader.query(`select count(*)::int as n from ${table}`));
          // Never fewer than before, except for the one that is being deleted.
          expect(rows[0].n).toBeGreaterThanOrEqual(least - 1);
          least = Math.max(least, rows[0].n);
        }
      }
    };
    const moving: string[] = [];
    let touched = 0;
    const touch = async () => {
      while (going) {
        if (moving.length === 0) {
          await pause(20);
          continue;
        }
        touched += 1;
        const id = moving[(touched * 7_919) % moving.length];
        const changed = await timed(() =>
          toucher.query("update analytics_events set event_type = 'touched' where id = $1", [id]),
        );
        expect(changed.rowCount).toBe(1);
      }
    };
    const linger = async () => {
      while (going) {
        await slow.query("begin");
        await slow.query("select from analytics_events limit 1");
        await pause(500);
        await slow.query("commit");
        await pause(200);
      }
    };
    const work = async () => {
      expect(await divideEvents(migrationOf(database))).toBe(true);
      const { rows } = await owner.query(
        "select count(*) filter (where not is_default)::int as months from list_months() where parent = 'analytics_events'",
      );
      expect(rows[0].months).toBe(5 - 1);
      expect(await divideEvents(migrationOf(database))).toBe(false);
      // In the default partition, from which leaving moves them.
      const { rows: late } = await owner.query(
        `insert into analytics_events (event_type, event_data, "timestamp")
         select 'click', '{}', '2098-01-01' from generate_series(1, 30000) returning id`,
      );
      moving.push(...late.map(({ id }) => id));
      await leaveDatabase(migrationOf(database));
    };
    const stalls = measureStalls(idle, () => going);
    const ended = [work(), write(), read(), touch(), linger()].map((each) =>
      each.finally(() => {
        going = false;
      }),
    );
    await Promise.allSettled(ended);
    await Promise.all(ended);
    expect(sent).toBeGreaterThan(100);
    expect(touched).toBeGreaterThan(100);
    expect(Math.max(...waits)).toBeLessThan(1_000 + (await stalls));
    expect(await describeWholeCatalogue(owner)).toEqual(before);
    const { rows } = await owner.query("select id from analytics_events where event_data ? 'seen'");
    expect(new Set(rows.map(({ id }) => id))).toEqual(kept);
    expect((await owner.query(countEvents)).rows[0].n).toBe(50_005 + kept.size);
    // Each was reported once, when it arrived.
    const told = await owner.query("select count(*)::int as n, count(distinct id)::int as different from told");
    const all = version === 15 ? 20_003 : 50_003 + sent;
    expect(told.rows[0]).toEqual({ n: all, different: all });
  });

  test("can be given up after every step, and gone on with, and is as it was", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    const rows = await readEveryRow(owner);
    await adopt(database);
    const catalogue = await describeWholeCatalogue(owner);
    for (let steps = 1; ; steps++) {
      let left = steps;
      const report = () => {
        left -= 1;
        if (left === 0) throw new Error("interrupted");
      };
      const end = await divideEvents({ ...migrationOf(database), report }).catch((error: Error) => error);
      expect((await owner.query(countEvents)).rows[0].n).toBe(20_005);
      if (end === true) break;
      expect(end).toEqual(new Error("interrupted"));
      if (steps % 2 === 0) await joinEvents(migrationOf(database));
    }
    // Going back is interrupted after every step as well.
    for (let done = false; !done; ) {
      const report = () => {
        throw new Error("interrupted");
      };
      done = (await joinEvents({ ...migrationOf(database), report }).catch(() => true)) === false;
      expect((await owner.query(countEvents)).rows[0].n).toBe(20_005);
    }
    expect(await describeWholeCatalogue(owner)).toEqual(catalogue);
    await leaveDatabase(migrationOf(database));
    expect(await readEveryRow(owner)).toEqual(rows);
  });

  test("is refused, with the reason, where something hangs on it that could not go on", async () => {
    const database = await install();
    await using owner = await connect(database.owner);
    await adopt(database);
    await owner.query(`
      create table clicks (event_id uuid references analytics_events (id));
      create materialized view m_events as select count(*) from analytics_events;
      create unique index one_page on analytics_events ((event_data ->> 'unique'))`);
    const catalogue = await describeWholeCatalogue(owner);
    const refused = await divideEvents(migrationOf(database)).catch((error: Error) => error.message);
    for (const reason of [
      "foreign key clicks_event_id_fkey of clicks",
      "index one_page",
      "materialized view m_events",
    ]) {
      expect(refused).toContain(reason);
    }
    expect(await describeWholeCatalogue(owner)).toEqual(catalogue);
  });
});
