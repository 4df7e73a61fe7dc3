import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/desk/bytes";
import { countOf, formatCount } from "@/lib/desk/wording";
import type { MigrationState } from "@/lib/health/migrations";
import type { OwnReplica } from "@/lib/health/replication";
import type { Health } from "@/lib/health/start";
import { lastTransaction } from "@/lib/health/transaction-ids";
import { formatMany, formatShare } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";
import { Meter } from "./meter";
import { databaseWords, upkeepWords } from "./words";

type UpkeepProps = { health: Health; now: Date; timeZone: string };

/** How far the databases are from transaction id wraparound, and what holds back the cleanup. */
export function TransactionIds({ health, now, timeZone }: UpkeepProps) {
  return (
    <HealthSection title={upkeepWords.transactionIds} about={upkeepWords.transactionIdsAbout}>
      <Part of={health.transactionAges}>
        {(databases) => (
          <ul className="flex flex-col gap-1.5">
            {databases
              .filter(({ isOwn }, index) => isOwn || index < 3)
              .map(({ database, isOwn, age, groupAge, freezeFrom }) => {
                const used = Math.max(age, groupAge);
                const late = used > 2 * freezeFrom;
                return (
                  <li
                    key={database}
                    className="grid grid-cols-[minmax(0,1fr)_80px_auto] items-center gap-3 tabular-nums"
                  >
                    <span className={isOwn ? "font-medium" : "text-ink-2"}>
                      <DatabaseName name={database} />
                      {isOwn ? "" : upkeepWords.otherDatabase}
                    </span>
                    <Meter value={used} most={lastTransaction} warn={late} />
                    <span className={late ? "text-right text-fail" : "text-right"}>
                      {formatMany(used)} · {formatShare(used, lastTransaction)}
                    </span>
                  </li>
                );
              })}
            <li className="text-xs text-ink-3">
              The server frees them by itself from {formatMany(databases[0]?.freezeFrom ?? 0)} on.
            </li>
          </ul>
        )}
      </Part>
      <h3 className="mt-3 text-xs text-ink-2">{upkeepWords.holdsBack}</h3>
      <Part of={health.holders}>
        {(holders) =>
          holders.length === 0 ? (
            <NothingHere>{upkeepWords.nothing}</NothingHere>
          ) : (
            <ul>
              {holders.map(({ kind, name, owner, since, age }) => (
                <li key={`${kind} ${name}`} className="[overflow-wrap:anywhere]">
                  {
                    { session: upkeepWords.session, prepared: upkeepWords.preparedTransaction, slot: upkeepWords.slot }[
                      kind
                    ]
                  }{" "}
                  {name}
                  {owner ? ` of ${owner}` : ""}, {countOf(age ?? 0, "transaction")} old
                  {since ? (
                    <>
                      , since <Time at={since} zone={timeZone} now={now} show="instant" />
                    </>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Part>
    </HealthSection>
  );
}

/** The servers that replicate from this one, whether the desk reads from one, and what is kept for them. */
export function Replication({ health, own }: { health: Health; own: OwnReplica | null }) {
  return (
    <HealthSection title={upkeepWords.replication} about={upkeepWords.replicationAbout}>
      {own ? <p className={own.used ? "mb-2" : "mb-2 text-fail"}>{own.words}</p> : null}
      <Part of={health.replicas}>
        {(replicas) =>
          replicas.length === 0 ? (
            <NothingHere>{upkeepWords.noReplica}</NothingHere>
          ) : (
            <HealthTable
              label={upkeepWords.replicas}
              columns={[
                { title: upkeepWords.replicaColumns.replica },
                { title: upkeepWords.replicaColumns.state },
                { title: upkeepWords.replicaColumns.behind, numeric: true },
              ]}
              rows={replicas.map(({ name, owner, address, state, sync, lagBytes, lagSeconds }) => ({
                key: `${name} ${address}`,
                cells: [
                  <span key="name">
                    <DatabaseName name={name} />
                    <span className="block text-xs font-normal text-ink-3">
                      {[address, owner].filter(Boolean).join(", ")}
                    </span>
                  </span>,
                  state === null ? databaseWords.notVisible : [state, sync].filter(Boolean).join(", "),
                  lagBytes === null
                    ? "–"
                    : `${formatBytes(Math.max(0, lagBytes))}${lagSeconds === null ? "" : ` · ${lagSeconds.toFixed(1)} s`}`,
                ],
              }))}
            />
          )
        }
      </Part>
      <h3 className="mt-3 mb-1 text-xs text-ink-2">{upkeepWords.slotsTitle}</h3>
      <Part of={health.slots}>
        {(slots) =>
          slots.length === 0 ? (
            <NothingHere>{upkeepWords.noSlots}</NothingHere>
          ) : (
            <HealthTable
              label={upkeepWords.slots}
              columns={[
                { title: upkeepWords.slotColumns.slot },
                { title: upkeepWords.replicaColumns.state },
                { title: upkeepWords.slotColumns.kept, numeric: true },
              ]}
              rows={slots.map(({ name, kind, active, walStatus, keptBytes }) => ({
                key: name,
                cells: [
                  <DatabaseName key="name" name={name} />,
                  <span key="state" className={active ? undefined : "text-fail"}>
                    {active ? upkeepWords.beingRead : upkeepWords.notRead} · {kind}
                    {walStatus && walStatus !== "reserved" ? ` · ${walStatus}` : ""}
                  </span>,
                  keptBytes === null ? "–" : formatBytes(Math.max(0, keptBytes)),
                ],
              }))}
            />
          )
        }
      </Part>
    </HealthSection>
  );
}

const states: Record<MigrationState["state"], string> = {
  applied: "",
  pending: upkeepWords.notApplied,
  newer: upkeepWords.newer,
  changed: upkeepWords.changed,
};

/** Which migrations have been applied. */
export function Migrations({ health, now, timeZone }: UpkeepProps) {
  return (
    <HealthSection title={upkeepWords.migrations} about={upkeepWords.migrationsAbout}>
      <Part of={health.migrations}>
        {(migrations) => {
          const pending = migrations.filter(({ state }) => state === "pending").length;
          return (
            <>
              <p className={pending > 0 ? "mb-2 text-fail" : "mb-2 text-ink-2"}>
                {formatCount(migrations.length - pending)} applied,{" "}
                {pending > 0 ? upkeepWords.toApply(formatCount(pending)) : upkeepWords.allApplied}
              </p>
              <HealthTable
                label={upkeepWords.migrations}
                columns={[
                  { title: upkeepWords.migrationColumns.step },
                  { title: upkeepWords.migrationColumns.applied, numeric: true },
                ]}
                rows={migrations.map(({ name, title, appliedAt, state }) => ({
                  key: name,
                  cells: [
                    <span key="name">
                      <span className="[overflow-wrap:anywhere]">{name.replace(/\.sql$/, "")}</span>{" "}
                      {states[state] ? <Badge tone="fail">{states[state]}</Badge> : null}
                      {title ? <span className="block text-xs font-normal text-ink-3">{title}</span> : null}
                    </span>,
                    appliedAt ? <Time key="at" at={appliedAt} zone={timeZone} now={now} /> : "–",
                  ],
                }))}
              />
            </>
          );
        }}
      </Part>
    </HealthSection>
  );
}

/** The disk space that the database uses. */
export function Disk({ health, timeZone }: { health: Health; timeZone: string }) {
  return (
    <HealthSection title={upkeepWords.disk} about={upkeepWords.diskAbout}>
      <Part of={health.disk}>
        {({ bytes, estimated, temporaryBytes, deadlocks, since }) => (
          <dl className="grid max-w-md grid-cols-[1fr_auto] gap-x-6 gap-y-1 tabular-nums">
            <dt className="text-ink-2">
              {upkeepWords.database}
              {estimated ? upkeepWords.lastVacuum : ""}
            </dt>
            <dd className="text-right">{formatBytes(bytes)}</dd>
            <Part of={health.logBytes}>
              {(log) => (
                <>
                  <dt className="text-ink-2">{upkeepWords.log}</dt>
                  <dd className="text-right">{log === null ? upkeepWords.noLog : formatBytes(log)}</dd>
                </>
              )}
            </Part>
            <dt className="text-ink-2">{upkeepWords.spilled}</dt>
            <dd className="text-right">{formatBytes(temporaryBytes)}</dd>
            <dt className="text-ink-2">{upkeepWords.deadlocks}</dt>
            <dd className="text-right">{formatCount(deadlocks)}</dd>
            <dd className="col-span-2 text-xs text-ink-3">
              The last two since {since ? <Time at={since} zone={timeZone} show="instant" /> : upkeepWords.databaseMade}
            </dd>
          </dl>
        )}
      </Part>
    </HealthSection>
  );
}
