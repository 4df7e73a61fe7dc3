import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { clearPendingWords, watchPendingWords } from "@/lib/database/migrate/pending-words";
import { inTransaction } from "@/lib/database/query";
import { emptyFilter } from "@/lib/filter/filter";
import { listContacts } from "@/lib/list/queries";
import { getLog } from "@/lib/runtime/log";
import { singleFlight } from "@/lib/runtime/single-flight";
import { viewerIn } from "../../viewer";
import { openWorld } from "../change/change-world";
import { createDatabase } from "../databases";
import { connect } from "../installation";
import { endPool } from "../of-process";
import { website } from "../website-statements";

const world = openWorld();
let site: pg.Client & AsyncDisposable;

// Autovacuum also moves pending words into the index, so it is off.
beforeAll(() => world.query("alter table contact_submissions set (autovacuum_enabled = off)"));
beforeEach(async () => {
  site = await connect(process.env.TEST_WEBSITE_URL ?? "");
  await clearPendingWords();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await site.end();
  await world.query("delete from contact_submissions");
});
afterAll(() => world.close());

const submit = async (count: number) => {
  for (let at = 0; at < count; at++) {
    await website.submit(site, `contact_1793000000_${String(at).padStart(8, "0")}`, {
      message: `Hello zephyrium${at}`,
    });
  }
};
const find = async (words: string) =>
  (await listContacts({ ...emptyFilter, words }, viewerIn("UTC"))).rows.map(({ id }) => id);

describe("what waits beside the index of words", () => {
  test("is put into it, and found before and after", async () => {
    await submit(40);
    expect(await find("zephyrium39")).toEqual(["contact_1793000000_00000039"]);
    expect(await clearPendingWords()).toBeGreaterThan(0);
    expect(await find("zephyrium39")).toEqual(["contact_1793000000_00000039"]);
    expect(await clearPendingWords()).toBe(0);
  });

  test("may be more than 4 MB before an INSERT of the website has to put it in, and no more than 16", async () => {
    const fill = (contacts: number) =>
      world.query(
        `insert into contact_submissions (id, name, email, message, "timestamp")
         select gen_random_uuid(), 'Ada', 'ada@example.com', string_agg(md5(random()::text), ''), now()
         from generate_series(1, $1) contact, generate_series(1, 100) group by contact`,
        [contacts],
      );
    const page = 8_192;
    await fill(50);
    const of50 = (await clearPendingWords()) * page;
    const needed = (bytes: number) => Math.ceil((bytes / of50) * 50);
    await fill(needed(8_000_000));
    expect((await clearPendingWords()) * page).toBeGreaterThan(7_000_000);
    await fill(needed(20_000_000));
    expect((await clearPendingWords()) * page).toBeLessThan(16 * 1024 * 1024);
  });

  test("is put in once when several servers do it at the same time, beside a website that goes on writing", async () => {
    await submit(40);
    const writing = website.submit(site, "contact_1793000000_ffffffff", { message: "Hello meanwhile" });
    const cleared = await Promise.all([clearPendingWords(), clearPendingWords(), clearPendingWords()]);
    await writing;
    expect(cleared.filter((pages) => pages > 1)).toHaveLength(1);
    expect(await find("zephyrium7")).toEqual(["contact_1793000000_00000007"]);
    expect(await find("meanwhile")).toEqual(["contact_1793000000_ffffffff"]);
  });

  test("is the application's to put in, and not the website's", async () => {
    await expect(site.query("select clear_pending_words()")).rejects.toThrow("permission denied for function");
    const own = inTransaction("bulk", (run) =>
      run(Prisma.sql`select gin_clean_pending_list('contact_submissions_ascii_words')`),
    );
    await expect(own).rejects.toMatchObject({ cause: { code: "42501" } });
    expect(await clearPendingWords()).toBe(0);
  });

  test("is nothing where there is no such index", async () => {
    const database = await createDatabase(inject("server"));
    await using owner = await connect(database.owner);
    await owner.query("drop index contact_submissions_ascii_words, contact_submissions_folded_words");
    await using app = await connect(database.app);
    expect((await app.query("select clear_pending_words()::int as pages")).rows).toEqual([{ pages: 0 }]);
    await owner.end();
    await app.end();
    await database.drop();
  });
});

describe("the server", () => {
  /** The run under way, to its end. */
  const untilDone = () => singleFlight("pending words", async () => undefined);
  const begin = () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    watchPendingWords();
  };
  const passMinutes = (minutes: number) => vi.advanceTimersByTime(minutes * 60_000);
  /** What a minute brings, to its end. */
  const runOnce = async () => {
    passMinutes(1);
    await untilDone();
  };
  const watchLog = () => vi.spyOn(getLog(), "error").mockImplementation(() => undefined);
  /** Runs `work` while the function does not exist. */
  const without = async (work: () => Promise<void>) => {
    await world.query("alter function clear_pending_words() rename to gone");
    await work().finally(() => world.query("alter function gone() rename to clear_pending_words"));
  };

  test("does it every minute", async () => {
    begin();
    for (const contacts of [40, 41]) {
      await submit(contacts);
      await runOnce();
      expect(await clearPendingWords()).toBe(0);
      await world.query("delete from contact_submissions");
    }
  });

  test("does not begin again while the last one lasts", async () => {
    begin();
    await world.hold("reindex index contact_submissions_ascii_words", [], async () => {
      passMinutes(1);
      await expect.poll(world.countWaiting).toBe(1);
      passMinutes(3);
      await inTransaction("interactive", (run) => run(Prisma.sql`select pg_sleep(0.2)`));
      expect(await world.countWaiting()).toBe(1);
    });
    await untilDone();
  });

  test("logs what goes wrong once, and again when it had gone well in between", async () => {
    const logged = watchLog();
    begin();
    const failThrice = () =>
      without(async () => {
        for (let times = 0; times < 3; times++) await runOnce();
      });
    await failThrice();
    expect(logged).toHaveBeenCalledTimes(1);
    await runOnce();
    await failThrice();
    expect(logged).toHaveBeenCalledTimes(2);
    await runOnce();
  });

  test("says nothing while the database is away, and goes on when it is back", async () => {
    const logged = watchLog();
    const direct = process.env.DATABASE_URL;
    const renewPool = async (url: string | undefined) => {
      await endPool();
      process.env.DATABASE_URL = url;
    };
    begin();
    await submit(40);
    await renewPool("postgresql://desk_app:nobody@127.0.0.1:1/desk");
    await runOnce();
    await renewPool(direct);
    await runOnce();
    expect(await clearPendingWords()).toBe(0);
    expect(logged).not.toHaveBeenCalled();
  });
});
