import { accountWords } from "@/components/staff/words";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { describeBrowser } from "@/lib/desk/browser-name";
import { EndSessionButton } from "./end-session-button";

type SessionListProps = {
  sessions: { id: string; lastSeenAt: Date; createdAt: Date; userAgent: string | null; address: string | null }[];
  currentId: string;
  timeZone: string;
};

/** One's own sessions: browser, address and when last seen. Each one but the current can be ended. */
export function SessionList({ sessions, currentId, timeZone }: SessionListProps) {
  return (
    <ul aria-label={accountWords.sessionList} className="rounded-lg border border-line bg-panel">
      {sessions.map(({ id, lastSeenAt, createdAt, userAgent, address }) => {
        const browser = describeBrowser(userAgent);
        return (
          <li key={id} className="flex items-center gap-3 border-t border-line-soft px-3.5 py-2.5 first:border-t-0">
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2 font-medium text-ink">
                <span className="truncate">{browser}</span>
                {id === currentId ? <Badge tone="accent">{accountWords.thisBrowser}</Badge> : null}
              </p>
              <p className="truncate text-ink-3">
                {accountWords.lastSeen} <Time at={lastSeenAt} zone={timeZone} /> · {accountWords.since}{" "}
                <Time at={createdAt} zone={timeZone} show="instant" />
                {address ? ` · ${address}` : ""}
              </p>
            </div>
            {id === currentId ? null : <EndSessionButton id={id} browser={browser} />}
          </li>
        );
      })}
    </ul>
  );
}
