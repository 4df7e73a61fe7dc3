import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { BackupRun } from "@/lib/backup/runs";
import { formatBytes } from "@/lib/desk/bytes";
import type { Health } from "@/lib/health/start";
import { formatTaken } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { HealthTable } from "./health-table";
import { backupWords, databaseWords } from "./words";

type BackupsProps = { health: Health; now: Date; timeZone: string };

const states: Record<BackupRun["state"], { word: string; tone: "fail" | "accent" | "neutral" }> = {
  proved: { word: backupWords.states.proved, tone: "accent" },
  made: { word: backupWords.states.made, tone: "neutral" },
  running: { word: backupWords.states.running, tone: "neutral" },
  unchecked: { word: backupWords.states.unchecked, tone: "fail" },
  refuted: { word: backupWords.states.refuted, tone: "fail" },
  failed: { word: backupWords.states.failed, tone: "fail" },
};

/** Which backups were made, whether they were restored, and when the next comes. */
export function Backups({ health, now, timeZone }: BackupsProps) {
  return (
    <HealthSection title={backupWords.title} about={backupWords.about}>
      <Part of={health.backups}>
        {({ location, nextAt, runs, lastMade, lastProved }) => (
          <>
            {location === null ? (
              <p className="mb-2 text-fail">{backupWords.off}</p>
            ) : (
              <p className="mb-2 text-ink-2">
                Kept in {location} · last made:{" "}
                {lastMade ? <Time at={lastMade.startedAt} zone={timeZone} now={now} /> : databaseWords.never} · last
                proved:{" "}
                {lastProved ? (
                  <Time at={lastProved.startedAt} zone={timeZone} now={now} />
                ) : (
                  <span className="text-fail">{databaseWords.never}</span>
                )}{" "}
                · next:{" "}
                {nextAt ? <Time at={nextAt} zone={timeZone} now={now} show="instant" /> : backupWords.notScheduled}
              </p>
            )}
            {runs.length === 0 ? (
              location === null ? null : (
                <NothingHere>{backupWords.none}</NothingHere>
              )
            ) : (
              <HealthTable
                label={backupWords.title}
                columns={[
                  { title: backupWords.columns.started },
                  { title: backupWords.columns.result },
                  { title: backupWords.columns.size, numeric: true },
                  { title: backupWords.columns.dump, numeric: true, wide: true },
                  { title: backupWords.columns.check, numeric: true, wide: true },
                ]}
                rows={runs.map((run) => ({ key: run.id, cells: listCells(run, now, timeZone) }))}
              />
            )}
          </>
        )}
      </Part>
    </HealthSection>
  );
}

function listCells(run: BackupRun, now: Date, timeZone: string) {
  const { word, tone } = states[run.state];
  return [
    <span key="begun">
      <Time at={run.startedAt} zone={timeZone} now={now} />
      <span className="block text-xs font-normal text-ink-3 [overflow-wrap:anywhere]">
        {[run.name, run.scheduled ? null : databaseWords.byHand].filter(Boolean).join(" · ")}
      </span>
    </span>,
    <span key="result">
      <Badge tone={tone}>{word}</Badge>
      {run.reason ? <span className="block text-xs text-ink-2 [overflow-wrap:anywhere]">{run.reason}</span> : null}
    </span>,
    run.bytes === null ? "–" : formatBytes(run.bytes),
    formatSeconds(run.makeSeconds),
    formatSeconds(run.checkSeconds),
  ];
}

function formatSeconds(seconds: number | null): string {
  return seconds === null ? "–" : formatTaken(seconds * 1_000);
}
