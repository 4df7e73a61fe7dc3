import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Models, type RunQuery } from "@/lib/database/query";
import { type Allowance, chooseAllowance, chooseKnown, type Purpose, type Trying, type Waits } from "./allowances";
import { familiarLimits, type LimitName, limitNames, tryLimits } from "./limits";
import { forgetWaits, rememberWaits } from "./remembered";

/** Reads something in the transaction that takes an attempt. */
export type Find<Found> = (run: RunQuery, models: Models) => Promise<Found>;

export type Attempt<Found> = { ok: true; id: string; found: Found } | { ok: false; retryAfter: number };

/**
 * Takes one of the remaining attempts before the password is checked, or says how many seconds to wait. The attempt is
 * stored as failed until `settleAttempt` says otherwise, and counted under locks. So a hundred attempts at once on two
 * servers get exactly as many checks as one after the other.
 * @param find reads, in the same transaction, what to compare the password with
 * @throws DatabaseError
 */
export function takeAttempt<Found>(
  trying: Trying,
  purpose: "sign-in" | Purpose,
  find: Find<Found>,
): Promise<Attempt<Found>> {
  return inTransaction("interactive", async (run, models) => {
    await takeLocks(run, trying);
    const waits = await readWaits(run, trying);
    rememberWaits(trying, waits);
    const choice = purpose === "sign-in" ? chooseAllowance(trying, waits) : chooseKnown(purpose, waits);
    if ("retryAfter" in choice) return { ok: false, retryAfter: choice.retryAfter };
    return { ok: true, id: await record(run, trying, choice.allowance), found: await find(run, models) };
  });
}

/**
 * Locks everything the limits count by. The locks last for the transaction, which works behind PgBouncer. The order is
 * always account, address, network, so that two attempts that share some cannot deadlock.
 */
async function takeLocks(run: RunQuery, { account, address, network }: Trying): Promise<void> {
  const names = [
    `account ${account}`,
    ...(address ? [`address ${address}`] : []),
    ...(network ? [`network ${network}`] : []),
  ];
  const locks = names.map((name) => Prisma.sql`pg_advisory_xact_lock(hashtextextended(${`sign-in ${name}`}, 0))`);
  await run(Prisma.sql`select ${Prisma.join(locks)}`);
}

/** Which attempts a limit counts; the caller keeps only the wrong ones. */
function countedUnder(limit: LimitName, { account, address, network, device }: Trying): Prisma.Sql {
  const conditions: Record<LimitName, Prisma.Sql> = {
    account: Prisma.sql`account = ${account} and allowance = 'anywhere'`,
    accountInNetwork: Prisma.sql`account = ${account} and network = ${network} and allowance = 'anywhere'`,
    address: Prisma.sql`address = ${address} and allowance = 'anywhere'`,
    device: Prisma.sql`account = ${account} and device = ${device} and allowance = 'device'`,
    network: Prisma.sql`account = ${account} and network = ${network} and allowance = 'network'`,
    accountInNetworks: Prisma.sql`account = ${account} and allowance = 'network'`,
    everybodyInNetwork: Prisma.sql`network = ${network} and allowance = 'network'`,
    ownPassword: Prisma.sql`account = ${account} and allowance = 'own password'`,
    secondFactor: Prisma.sql`account = ${account} and allowance = 'second factor'`,
  };
  return conditions[limit];
}

/** Always reads all limits in one query: the same work for every caller, and one round trip. */
async function readWaits(run: RunQuery, trying: Trying): Promise<Waits> {
  const columns = limitNames.map((limit) => {
    const { tries, minutes } = tryLimits[limit];
    const window = Prisma.sql`make_interval(mins => ${minutes})`;
    return Prisma.sql`
      coalesce((
        select ceil(extract(epoch from attempted_at + ${window} - clock_timestamp()))::int
        from sign_in_attempts
        where ${countedUnder(limit, trying)} and not succeeded and attempted_at > clock_timestamp() - ${window}
        order by attempted_at desc
        offset ${tries - 1} limit 1), 0)`;
  });
  const [row] = await run<{ waits: number[]; familiarDevice: boolean; familiarNetwork: boolean }>(Prisma.sql`
    select array[${Prisma.join(columns)}] as waits,
      ${isFamiliar("device", trying.device)} as "familiarDevice",
      ${isFamiliar("network", trying.network)} as "familiarNetwork"`);
  if (!row) throw new Error("The tries were not counted.");
  const { waits, ...familiar } = row;
  const named = Object.fromEntries(limitNames.map((limit, n) => [limit, waits[n] ?? 0])) as Record<LimitName, number>;
  return { ...named, ...familiar };
}

/** Whether somebody has signed in on a device or from a network lately. A device cookie is sealed for one account. */
function isFamiliar(kind: "device" | "network", mark: string | null): Prisma.Sql {
  return Prisma.sql`exists (
    select from familiar_origins
    where kind = ${kind} and mark = ${mark}
      and signed_in_at > now() - make_interval(days => ${familiarLimits[kind].days}))`;
}

/**
 * Stores an attempt, and deletes old ones, which nobody needs after two days. Each attempt can delete more rows than it
 * adds, and looks at the oldest rows only.
 */
async function record(run: RunQuery, trying: Trying, allowance: Allowance): Promise<string> {
  const { account, address, network, device } = trying;
  const [row] = await run<{ id: string }>(Prisma.sql`
    with forgotten as (
      delete from sign_in_attempts
      where id in (
        select id
        from (select id, attempted_at from sign_in_attempts order by id limit 4 for update skip locked) oldest
        where attempted_at < now() - interval '2 days')
    )
    insert into sign_in_attempts (account, address, network, device, allowance, succeeded, attempted_at)
    values (${account}, ${address ?? ""}, ${network ?? ""}, ${allowance === "device" ? (device ?? "") : ""},
      ${allowance}, false, clock_timestamp())
    returning id::text as id`);
  if (!row) throw new Error("An attempt was not recorded.");
  return row.id;
}

/** Records how an attempt ended: right, or given back because nothing was checked. @throws DatabaseError */
export async function settleAttempt(id: string, trying: Trying, outcome: "succeeded" | "not tried"): Promise<void> {
  const where = { id: BigInt(id) };
  await inTransaction("interactive", (_run, models) =>
    outcome === "succeeded"
      ? models.signInAttempt.updateMany({ where, data: { succeeded: true } })
      : models.signInAttempt.deleteMany({ where }),
  );
  forgetWaits(trying);
}
