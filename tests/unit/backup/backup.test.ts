import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareContents } from "@/lib/backup/make/contents";
import { nameBackup, timeOfBackup } from "@/lib/backup/make/manifest";
import { chooseRemovals, type Keepable } from "@/lib/backup/retention";
import { findDue, readSchedule } from "@/lib/backup/schedule";
import { readBackupLocation } from "@/lib/backup/settings";

const dayLength = 86_400_000;
const start = Date.UTC(2025, 0, 1);

const backupsOf = fc
  .uniqueArray(fc.record({ hour: fc.integer({ min: 0, max: 24 * 500 }), proved: fc.boolean() }), {
    selector: ({ hour }) => hour,
    maxLength: 80,
  })
  .map((list) =>
    list.map(({ hour, proved }): Keepable => {
      const at = new Date(start + hour * 3_600_000);
      return { name: nameBackup(at), at, proved };
    }),
  );
const few = fc.integer({ min: 0, max: 6 });
const rulesOf = fc.record({ last: fc.integer({ min: 1, max: 6 }), daily: few, weekly: few, monthly: few });
const newestFirst = (backups: Keepable[]) => [...backups].sort((a, b) => b.at.getTime() - a.at.getTime());

describe("which backups may go", () => {
  test("never the newest that was proved, and never one of the latest", () => {
    fc.assert(
      fc.property(backupsOf, rulesOf, (backups, rules) => {
        const gone = new Set(chooseRemovals(backups, rules));
        const sorted = newestFirst(backups);
        const newestProved = sorted.find(({ proved }) => proved);
        if (newestProved) expect(gone).not.toContain(newestProved.name);
        for (const { name } of sorted.slice(0, rules.last)) expect(gone).not.toContain(name);
      }),
    );
  });

  test("none of so many days, weeks and months is left without one; a proved one, where it had one", () => {
    fc.assert(
      fc.property(backupsOf, rulesOf, (backups, rules) => {
        const gone = new Set(chooseRemovals(backups, rules));
        const left = backups.filter(({ name }) => !gone.has(name));
        const periods: [number, (at: Date) => string][] = [
          [rules.daily, (at) => at.toISOString().slice(0, 10)],
          [rules.weekly, (at) => mondayOf(at)],
          [rules.monthly, (at) => at.toISOString().slice(0, 7)],
        ];
        for (const [count, periodOf] of periods) {
          const wanted = [...new Set(newestFirst(backups).map(({ at }) => periodOf(at)))].slice(0, count);
          for (const period of wanted) {
            const there = left.filter(({ at }) => periodOf(at) === period);
            expect(there.length).toBeGreaterThan(0);
            const had = backups.some(({ at, proved }) => proved && periodOf(at) === period);
            expect(there.some(({ proved }) => proved)).toBe(had);
          }
        }
      }),
    );
  });

  test("no more are kept than the rules ask for, and asking again removes nothing", () => {
    fc.assert(
      fc.property(backupsOf, rulesOf, (backups, rules) => {
        const gone = new Set(chooseRemovals(backups, rules));
        const left = backups.filter(({ name }) => !gone.has(name));
        expect(left.length).toBeLessThanOrEqual(rules.last + rules.daily + rules.weekly + rules.monthly + 1);
        expect(chooseRemovals(left, rules)).toEqual([]);
      }),
    );
  });

  test("the newest that was proved stays, however many came after it that were not", () => {
    const backups = Array.from({ length: 20 }, (_, index): Keepable => {
      const at = new Date(start + index * 6 * 3_600_000);
      return { name: nameBackup(at), at, proved: index < 3 };
    });
    const gone = chooseRemovals(backups, { last: 2, daily: 0, weekly: 0, monthly: 0 });
    expect(backups.map(({ name }) => name).filter((name) => !gone.includes(name))).toEqual([
      "dump-20250101-120000",
      "dump-20250105-120000",
      "dump-20250105-180000",
    ]);
  });

  test("of a quiet year with four a day", () => {
    const backups = Array.from({ length: 4 * 365 }, (_, index): Keepable => {
      const at = new Date(start + index * 6 * 3_600_000);
      return { name: nameBackup(at), at, proved: true };
    });
    const gone = new Set(chooseRemovals(backups, { last: 4, daily: 3, weekly: 2, monthly: 3 }));
    expect(backups.filter(({ name }) => !gone.has(name)).map(({ name }) => name)).toEqual([
      "dump-20251031-180000",
      "dump-20251130-180000",
      "dump-20251228-180000",
      "dump-20251229-180000",
      "dump-20251230-180000",
      "dump-20251231-000000",
      "dump-20251231-060000",
      "dump-20251231-120000",
      "dump-20251231-180000",
    ]);
  });
});

function mondayOf(at: Date): string {
  const back = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - back * dayLength).toISOString().slice(0, 10);
}

describe("the name of a backup", () => {
  test("is its time in UTC, and gives it back", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2999-12-31"), noInvalidDate: true }), (at) => {
        expect(timeOfBackup(nameBackup(at))?.getTime()).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
      }),
    );
  });

  test.each(["dump-20260230-000000", "dump-2026-01-01", "dump-20260101-250000", "x", "dump-20260101-000000.dump"])(
    "is not %s",
    (name) => expect(timeOfBackup(name)).toBeNull(),
  );
});

test("what was restored differs in words", () => {
  const table = (name: string, rows: number, checksum = "1", schema = "public") => ({ schema, name, rows, checksum });
  const wanted = [table("a", 1), table("b", 2), table("c", 3), table("a", 4, "1", "other")];
  expect(compareContents(wanted, [...wanted].reverse())).toEqual([]);
  expect(
    compareContents(wanted, [table("a", 1), table("b", 0, "0"), table("a", 4, "2", "other"), table("d", 0)]),
  ).toEqual([
    "b has 0 rows where 2 were dumped.",
    "c is missing.",
    "other.a has other rows than were dumped.",
    "d was not in the dump.",
  ]);
});

describe("the location of backups", () => {
  const s3 = { S3_ENDPOINT: "http://s3.example", S3_ACCESS_KEY_ID: "a", S3_SECRET_ACCESS_KEY: "b" };

  test("is a folder, a bucket of the documents' store, or none", () => {
    expect(readBackupLocation({})).toBeNull();
    expect(readBackupLocation({ BACKUP_DIR: "/srv/backups" })).toEqual({ kind: "folder", folder: "/srv/backups" });
    expect(readBackupLocation({ BACKUP_S3_BUCKET: "kept", ...s3 })).toMatchObject({
      bucket: "kept",
      prefix: "backups/",
    });
  });

  test("is not two, and not a bucket of no store: the start says so", () => {
    expect(() => readBackupLocation({ BACKUP_DIR: "/x", BACKUP_S3_BUCKET: "kept", ...s3 })).toThrow("not both");
    expect(() => readBackupLocation({ BACKUP_S3_BUCKET: "kept" })).toThrow("Set S3_ENDPOINT or S3_REGION");
  });
});

describe("when backups are due", () => {
  const at = (time: string) => new Date(`2026-11-29T${time}Z`);
  const cron = readSchedule({});

  test("every six hours in UTC, unless it says otherwise or never", () => {
    expect(cron?.next(at("05:59:59"))).toEqual(at("06:00:00"));
    expect(readSchedule({ BACKUP_SCHEDULE: "30 2 * * 1" })?.next(at("00:00:00"))).toEqual(
      new Date("2026-11-30T02:30:00Z"),
    );
    expect(readSchedule({ BACKUP_SCHEDULE: "off" })).toBeNull();
  });

  test("the last that has passed is due, also just as it comes, and however long nobody looked", () => {
    if (!cron) throw new Error("There is no schedule.");
    expect(findDue(cron, at("06:00:00"))).toEqual(at("06:00:00"));
    expect(findDue(cron, at("11:59:59.999"))).toEqual(at("06:00:00"));
    expect(findDue(cron, at("12:00:00.001"))).toEqual(at("12:00:00"));
  });
});
