import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/desk/wording";
import type { Health } from "@/lib/health/start";
import { describeState, describeTarget } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";
import { sessionWords } from "./words";

type SessionsProps = { health: Health; now: Date; timeZone: string };

/** An open transaction that is idle for this many ms or longer is highlighted. */
const longIdle = 60_000;

/** The connections by owner, and what they do. */
export function Connections({ health, now, timeZone }: SessionsProps) {
  return (
    <HealthSection title={sessionWords.connections} about={sessionWords.connectionsAbout}>
      <Part of={health.connections}>
        {(groups) => (
          <HealthTable
            label={sessionWords.connections}
            columns={[
              { title: sessionWords.connectionColumns.owner },
              { title: sessionWords.connectionColumns.database, wide: true },
              { title: sessionWords.connectionColumns.doing },
              { title: sessionWords.connectionColumns.number, numeric: true },
              { title: sessionWords.connectionColumns.longest, numeric: true },
            ]}
            rows={groups.map(({ owner, database, state, connections, since }) => {
              const stuck = /^idle in/.test(state ?? "") && since && now.getTime() - since.getTime() > longIdle;
              return {
                key: `${owner} ${database} ${state}`,
                cells: [
                  <DatabaseName key="owner" name={owner} />,
                  <DatabaseName key="database" name={database || "–"} />,
                  <span key="state" className={stuck ? "text-fail" : undefined}>
                    {describeState(state)}
                  </span>,
                  formatCount(connections),
                  since ? <Time key="since" at={since} zone={timeZone} now={now} /> : "–",
                ],
              };
            })}
          />
        )}
      </Part>
    </HealthSection>
  );
}

/** Which sessions wait for which. */
export function Locks({ health, now, timeZone }: SessionsProps) {
  return (
    <HealthSection title={sessionWords.locks} about={sessionWords.locksAbout}>
      <Part of={health.locks}>
        {(locks) =>
          locks.length === 0 ? (
            <NothingHere>{sessionWords.noLocks}</NothingHere>
          ) : (
            <HealthTable
              label={sessionWords.locks}
              columns={[
                { title: sessionWords.lockColumns.waiting },
                { title: sessionWords.lockColumns.for },
                { title: sessionWords.lockColumns.since, numeric: true },
                { title: sessionWords.lockColumns.heldBy },
              ]}
              rows={locks.map((lock) => ({
                key: `${lock.pid} ${lock.blocker}`,
                cells: [
                  <Session key="waiting" pid={lock.pid} owner={lock.owner} />,
                  <span key="for" className="[overflow-wrap:anywhere]">
                    {describeTarget(lock.target)} <span className="text-xs text-ink-3">{lock.mode}</span>
                  </span>,
                  lock.since ? <Time key="since" at={lock.since} zone={timeZone} now={now} /> : sessionWords.justNow,
                  <span key="by">
                    <Session pid={lock.blocker} owner={lock.blockerOwner} />
                    {lock.blocker === 0 ? null : (
                      <span className="block text-xs text-ink-3">
                        {describeState(lock.blockerState)}
                        {lock.blockerSince ? (
                          <>
                            , since <Time at={lock.blockerSince} zone={timeZone} now={now} show="instant" />
                          </>
                        ) : null}
                      </span>
                    )}
                  </span>,
                ],
              }))}
            />
          )
        }
      </Part>
    </HealthSection>
  );
}

function Session({ pid, owner }: { pid: number; owner: string | null }) {
  if (pid === 0) return <>{sessionWords.preparedTransaction}</>;
  return (
    <span>
      <DatabaseName name={owner ?? "unknown"} /> <span className="text-xs font-normal text-ink-3">session {pid}</span>
    </span>
  );
}
