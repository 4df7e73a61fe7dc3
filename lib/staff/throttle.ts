import "server-only";
import { createHash } from "node:crypto";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Run } from "@/lib/database/query";

/** Minutes that a failed try counts. */
const throttleMinutes = 15;

/**
 * Failed tries within that time after which further ones are not even looked at: for one account since it last
 * succeeded, and for one address whatever the account. An office behind one address has room for honest mistakes.
 */
export const throttleLimits = { account: 10, address: 50 } as const;

/** What stands for an e-mail in `sign_in_attempts`: the same for every spelling, and not the e-mail itself. */
export function accountKey(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("hex");
}

export type Claim = { ok: true; id: string } | { ok: false; retryAfter: number };

/**
 * Takes one of the tries left for an account and an address before the password is looked at, or says how many seconds
 * to wait. The try is written down as failed until `settleAttempt` says otherwise, and both counts are taken under a
 * lock, so that a hundred tries at once on two servers get exactly as many looks as one after the other.
 */
export function claimAttempt(account: string, address: string | null): Promise<Claim> {
  return inTransaction("interactive", async (run) => {
    // Always account before address: two tries that share both cannot wait for each other.
    await lock(run, `sign-in account ${account}`);
    if (address) await lock(run, `sign-in address ${address}`);
    const retryAfter = Math.max(await waitForAccount(run, account), address ? await waitForAddress(run, address) : 0);
    if (retryAfter > 0) return { ok: false, retryAfter };
    const [row] = await run<{ id: string }>(Prisma.sql`
      insert into sign_in_attempts (account, address, succeeded, attempted_at)
      values (${account}, ${address ?? ""}, false, clock_timestamp())
      returning id::text as id`);
    if (!row) throw new Error("An attempt was not recorded.");
    return { ok: true, id: row.id };
  });
}

async function lock(run: Run, name: string): Promise<void> {
  // Held to the end of the transaction only: works behind PgBouncer.
  await run(Prisma.sql`select 1 from pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

async function waitForAccount(run: Run, account: string): Promise<number> {
  const [row] = await run<{ seconds: number }>(Prisma.sql`
    select ceil(extract(epoch from attempted_at + ${window} - clock_timestamp()))::int as seconds
    from sign_in_attempts
    where account = ${account} and not succeeded
      and attempted_at > clock_timestamp() - ${window}
      and attempted_at > coalesce(
        (select max(attempted_at) from sign_in_attempts where account = ${account} and succeeded), '-infinity')
    order by attempted_at desc
    offset ${throttleLimits.account - 1} limit 1`);
  return row?.seconds ?? 0;
}

async function waitForAddress(run: Run, address: string): Promise<number> {
  const [row] = await run<{ seconds: number }>(Prisma.sql`
    select ceil(extract(epoch from attempted_at + ${window} - clock_timestamp()))::int as seconds
    from sign_in_attempts
    where address = ${address} and not succeeded and attempted_at > clock_timestamp() - ${window}
    order by attempted_at desc
    offset ${throttleLimits.address - 1} limit 1`);
  return row?.seconds ?? 0;
}

const window = Prisma.sql`make_interval(mins => ${throttleMinutes})`;

/** Says how a claimed try ended: right, or given back because the password was never looked at. */
export async function settleAttempt(id: string, outcome: "succeeded" | "not tried"): Promise<void> {
  await inTransaction("interactive", async (run) => {
    if (outcome === "not tried") {
      await run(Prisma.sql`delete from sign_in_attempts where id = ${id}::bigint`);
      return;
    }
    await run(Prisma.sql`update sign_in_attempts set succeeded = true where id = ${id}::bigint`);
    // Attempts are kept for a week, then nobody needs to know.
    await run(Prisma.sql`delete from sign_in_attempts where attempted_at < now() - interval '7 days'`);
  });
}
