import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/desk/wording";
import type { Health } from "@/lib/health/start";
import { describeState, describeTarget } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { DatabaseName, HealthTable } from "./health-table";

type SessionsProps = { health: Health; now: Date; timeZone: string };

/** An open transaction that is idle for this many ms or longer is highlighted. */
const longIdle = 60_000;

/** The connections by owner, and what they do. */
export function Connections({ health, now, timeZone }: SessionsProps) {
  return (
    <HealthSection title="Connections" about="Of the whole server, by whose they are and what they do.">
      <Part of={health.connections}>
        {(groups) => (
          <HealthTable
            label="Connections"
            columns={[
              { title: "Owner" },
              { title: "Database", wide: true },
              { title: "Doing" },
              { title: "Number", numeric: true },
              { title: "Longest", numeric: true },
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
    <HealthSection
      title="Locks now"
      about="Sessions that wait, and for whom. What they wait for ends when the other's transaction does."
    >
      <Part of={health.locks}>
        {(locks) =>
          locks.length === 0 ? (
            <NothingHere>Nobody waits for anybody.</NothingHere>
          ) : (
            <HealthTable
              label="Locks now"
              columns={[
                { title: "Waiting" },
                { title: "For" },
                { title: "Since", numeric: true },
                { title: "Held by" },
              ]}
              rows={locks.map((lock) => ({
                key: `${lock.pid} ${lock.blocker}`,
                cells: [
                  <Session key="waiting" pid={lock.pid} owner={lock.owner} />,
                  <span key="for" className="[overflow-wrap:anywhere]">
                    {describeTarget(lock.target)} <span className="text-xs text-ink-3">{lock.mode}</span>
                  </span>,
                  lock.since ? <Time key="since" at={lock.since} zone={timeZone} now={now} /> : "just now",
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
  if (pid === 0) return <>a prepared transaction</>;
  return (
    <span>
      <DatabaseName name={owner ?? "unknown"} /> <span className="text-xs font-normal text-ink-3">session {pid}</span>
    </span>
  );
}
