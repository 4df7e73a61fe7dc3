import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Models, RunQuery } from "@/lib/database/query";
import { familiarLimits } from "./limits";

/**
 * Remembers where a person has just signed in, inside the transaction that opens the session. So a reset that ends the
 * sessions also removes these. Only the latest few are kept.
 */
export async function rememberOrigin(
  run: RunQuery,
  staffId: string,
  { device, network }: { device: string | null; network: string | null },
): Promise<void> {
  // One sign-in of a person at a time, because two that update and delete the same rows could deadlock.
  await run(Prisma.sql`select 1 from pg_advisory_xact_lock(hashtextextended(${`familiar origins ${staffId}`}, 0))`);
  await run(Prisma.sql`
    insert into familiar_origins (staff_id, kind, mark, signed_in_at)
    select ${staffId}::uuid, kind, mark, clock_timestamp()
    from (values ('device', ${device}::text), ('network', ${network}::text)) as given (kind, mark)
    where mark is not null
    on conflict (staff_id, kind, mark) do update set signed_in_at = excluded.signed_in_at`);
  await run(Prisma.sql`
    delete from familiar_origins old
    using (
      select kind, mark, row_number() over (partition by kind order by signed_in_at desc) as rank
      from familiar_origins where staff_id = ${staffId}::uuid
    ) ranked
    where old.staff_id = ${staffId}::uuid and old.kind = ranked.kind and old.mark = ranked.mark
      and rank > case old.kind when 'device' then ${familiarLimits.device.kept}::int else ${familiarLimits.network.kept}::int end`);
}

/** Forgets where a person has signed in, inside the caller's transaction. */
export async function forgetOrigins(models: Models, staffId: string): Promise<void> {
  await models.familiarOrigin.deleteMany({ where: { staffId } });
}
