import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { inTransaction, type Run } from "@/lib/database/query";
import { type Allowance, type Choice, chooseAllowance, limitKey, type Trying } from "./allowances";
import { isFamiliarDevice, isFamiliarNetwork } from "./familiar-origins";
import { type LimitName, tryLimits } from "./limits";
import { getMemory } from "./remembered";

export type Claim = { ok: true; id: string } | { ok: false; retryAfter: number };

/**
 * Takes one of the tries left before the password is looked at, or says how many seconds to wait. The try is written
 * down as failed until `settleAttempt` says otherwise, and everything is counted under locks, so that a hundred tries at
 * once on two servers get exactly as many looks as one after the other. @throws DatabaseError
 */
export function claimAttempt(trying: Trying, purpose: "sign-in" | "own password"): Promise<Claim> {
  return inTransaction("interactive", async (run) => {
    // Always account, then address, then network: two tries that share some cannot wait for each other.
    await lock(run, `sign-in account ${trying.account}`);
    const choice = purpose === "sign-in" ? await choose(run, trying) : await chooseOwn(run, trying);
    if ("retryAfter" in choice) return { ok: false, retryAfter: choice.retryAfter };
    return { ok: true, id: await record(run, trying, choice.allowance) };
  });
}

async function choose(run: Run, trying: Trying): Promise<Choice> {
  const memory = getMemory();
  return chooseAllowance(trying, {
    waitUnder: async (limit) => {
      if (limit === "device" && !(await isFamiliarDevice(run, trying.device ?? ""))) {
        // A password reset ends a device, and its cookie stays behind.
        memory.rememberWait(limitKey(limit, trying), Number.POSITIVE_INFINITY);
        return Number.POSITIVE_INFINITY;
      }
      return waitUnder(run, limit, trying);
    },
    isFamiliar: async (network) => {
      const familiar = await isFamiliarNetwork(run, network);
      memory.rememberFamiliar(network, familiar);
      return familiar;
    },
  });
}

async function chooseOwn(run: Run, trying: Trying): Promise<Choice> {
  const retryAfter = await waitUnder(run, "ownPassword", trying);
  return retryAfter > 0 ? { retryAfter } : { allowance: "own password" };
}

async function lock(run: Run, name: string): Promise<void> {
  // Held to the end of the transaction only: works behind PgBouncer.
  await run(Prisma.sql`select 1 from pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Which tries a limit counts. Whatever spans accounts has a lock of its own, taken before it is counted. */
const counted: Record<LimitName, (trying: Trying) => Prisma.Sql> = {
  account: ({ account }) => Prisma.sql`account = ${account} and allowance = 'anywhere'`,
  accountInNetwork: ({ account, network }) =>
    Prisma.sql`account = ${account} and network = ${network} and allowance = 'anywhere'`,
  address: ({ address }) => Prisma.sql`address = ${address} and allowance = 'anywhere'`,
  device: ({ account, device }) => Prisma.sql`account = ${account} and device = ${device} and allowance = 'device'`,
  network: ({ account, network }) =>
    Prisma.sql`account = ${account} and network = ${network} and allowance = 'network'`,
  accountInNetworks: ({ account }) => Prisma.sql`account = ${account} and allowance = 'network'`,
  everybodyInNetwork: ({ network }) => Prisma.sql`network = ${network} and allowance = 'network'`,
  ownPassword: ({ account }) => Prisma.sql`account = ${account} and allowance = 'own password'`,
};

/** Seconds until one more try fits under a limit, 0 when it does now; remembered when it does not. */
async function waitUnder(run: Run, limit: LimitName, trying: Trying): Promise<number> {
  if (limit === "address") await lock(run, `sign-in address ${trying.address}`);
  if (limit === "everybodyInNetwork") await lock(run, `sign-in network ${trying.network}`);
  const { tries, minutes } = tryLimits[limit];
  const window = Prisma.sql`make_interval(mins => ${minutes})`;
  const [row] = await run<{ seconds: number }>(Prisma.sql`
    select ceil(extract(epoch from attempted_at + ${window} - clock_timestamp()))::int as seconds
    from sign_in_attempts
    where ${counted[limit](trying)} and not succeeded and attempted_at > clock_timestamp() - ${window}
    order by attempted_at desc
    offset ${tries - 1} limit 1`);
  const seconds = row?.seconds ?? 0;
  if (seconds > 0) getMemory().rememberWait(limitKey(limit, trying), seconds);
  return seconds;
}

async function record(run: Run, trying: Trying, allowance: Allowance): Promise<string> {
  const { account, address, network, device } = trying;
  const [row] = await run<{ id: string }>(Prisma.sql`
    insert into sign_in_attempts (account, address, network, device, allowance, succeeded, attempted_at)
    values (${account}, ${address ?? ""}, ${network ?? ""}, ${allowance === "device" ? (device ?? "") : ""},
      ${allowance}, false, clock_timestamp())
    returning id::text as id`);
  if (!row) throw new Error("An attempt was not recorded.");
  // Nobody needs to know after two days. Each try removes more than it adds, and looks at the oldest rows only.
  await run(Prisma.sql`
    delete from sign_in_attempts
    where id in (
      select id from (select id, attempted_at from sign_in_attempts order by id limit 4 for update skip locked) oldest
      where attempted_at < now() - interval '2 days')`);
  return row.id;
}

/** Says how a claimed try ended: right, or given back because the password was never looked at. @throws DatabaseError */
export async function settleAttempt(id: string, trying: Trying, outcome: "succeeded" | "not tried"): Promise<void> {
  await inTransaction("interactive", (run) =>
    run(
      outcome === "succeeded"
        ? Prisma.sql`update sign_in_attempts set succeeded = true where id = ${id}::bigint`
        : Prisma.sql`delete from sign_in_attempts where id = ${id}::bigint`,
    ),
  );
  // While it was claimed it counted as wrong: what was remembered meanwhile may wait for nothing.
  for (const limit of Object.keys(tryLimits) as LimitName[]) getMemory().forget(limitKey(limit, trying));
}
