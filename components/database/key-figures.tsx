import { type ReactNode, Suspense } from "react";
import { Figure } from "@/components/analytics/figure";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBytes } from "@/lib/desk/bytes";
import type { Loaded } from "@/lib/desk/load";
import { countOf, formatCount } from "@/lib/desk/wording";
import type { Health } from "@/lib/health/start";
import { lastTransaction } from "@/lib/health/transaction-ids";
import { formatShare } from "@/lib/health/words";
import { keyFigureWords } from "./words";

type KeyFiguresProps = { health: Health; pool: { active: number; open: number; waiting: number; limit: number } };

/** The database's health in four figures. */
export function KeyFigures({ health, pool }: KeyFiguresProps) {
  const connections = Promise.all([health.connections, health.connectionLimit]);
  const size = Promise.all([health.disk, health.transactionAges]);
  return (
    <dl className="grid grid-cols-4 border-b border-line max-lg:grid-cols-2">
      <Later label={keyFigureWords.connections} of={connections}>
        {([groups, limit]) => {
          if (!groups.ok || !limit.ok) return failed(groups, limit);
          const used = groups.value.reduce((sum, one) => sum + one.connections, 0);
          const { most, reserved } = limit.value;
          return {
            value: keyFigureWords.of(formatCount(used), formatCount(most)),
            about: keyFigureWords.keptForAdmins(formatShare(used, most), formatCount(reserved)),
          };
        }}
      </Later>
      <Figure label={keyFigureWords.pool} value={keyFigureWords.of(formatCount(pool.active), formatCount(pool.limit))}>
        {keyFigureWords.inUse}
        {pool.waiting > 0 ? <span className="text-fail"> · {formatCount(pool.waiting)} waiting</span> : ""}
      </Figure>
      <Later label={keyFigureWords.waitingForLock} of={health.locks}>
        {(locks) => {
          if (!locks.ok) return failed(locks);
          const waiting = new Set(locks.value.map(({ pid }) => pid)).size;
          const holding = new Set(locks.value.map(({ blocker }) => blocker)).size;
          return {
            value: formatCount(waiting),
            about:
              waiting > 0 ? (
                <span className="text-fail">for {countOf(holding, "other session")}</span>
              ) : (
                keyFigureWords.nobodyWaits
              ),
          };
        }}
      </Later>
      <Later label={keyFigureWords.size} of={size}>
        {([disk, ages]) => {
          if (!disk.ok || !ages.ok) return failed(disk, ages);
          const oldest = Math.max(0, ...ages.value.map(({ age }) => age));
          return {
            value: `${disk.value.estimated ? "≈ " : ""}${formatBytes(disk.value.bytes)}`,
            about: keyFigureWords.transactionIdsUsed(formatShare(oldest, lastTransaction)),
          };
        }}
      </Later>
    </dl>
  );
}

type Said = { value: ReactNode; about: ReactNode };

function failed(...parts: Loaded<unknown>[]): Said {
  const message = parts.find((part) => !part.ok)?.message;
  return { value: keyFigureWords.unknown, about: <span className="text-fail">{message}</span> };
}

type LaterProps<T> = { label: string; of: Promise<T>; children: (value: T) => Said };

function Later<T>({ label, of, children }: LaterProps<T>) {
  const waiting = (
    <Figure label={label} value={<Skeleton className="h-7 w-20" />}>
      {keyFigureWords.asking}
    </Figure>
  );
  return (
    <Suspense fallback={waiting}>
      <Come label={label} of={of}>
        {children}
      </Come>
    </Suspense>
  );
}

async function Come<T>({ label, of, children }: LaterProps<T>) {
  const { value, about } = children(await of);
  return (
    <Figure label={label} value={value}>
      {about}
    </Figure>
  );
}
