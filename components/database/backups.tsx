import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { BackupRun } from "@/lib/backup/runs";
import { formatBytes } from "@/lib/desk/bytes";
import type { Health } from "@/lib/health/start";
import { formatTaken } from "@/lib/health/words";
import { HealthSection, NothingHere, Part } from "./health-section";
import { HealthTable } from "./health-table";

type BackupsProps = { health: Health; now: Date; timeZone: string };

const states: Record<BackupRun["state"], { word: string; tone: "fail" | "accent" | "neutral" }> = {
  proved: { word: "Proved", tone: "accent" },
  made: { word: "Not checked", tone: "neutral" },
  running: { word: "Being made", tone: "neutral" },
  unchecked: { word: "Could not be checked", tone: "fail" },
  refuted: { word: "Cannot be restored", tone: "fail" },
  failed: { word: "Failed", tone: "fail" },
};

/** Which backups were made, whether they were restored, and when the next comes. */
export function Backups({ health, now, timeZone }: BackupsProps) {
  return (
    <HealthSection
      title="Backups"
      about="A backup is proved when it was restored into an empty database and every table's rows were those that were dumped."
    >
      <Part of={health.backups}>
        {({ location, nextAt, runs, lastMade, lastProved }) => (
          <>
            {location === null ? (
              <p className="mb-2 text-fail">No backups are made: set BACKUP_DIR or BACKUP_S3_BUCKET.</p>
            ) : (
              <p className="mb-2 text-ink-2">
                Kept in {location} · last made:{" "}
                {lastMade ? <Time at={lastMade.startedAt} zone={timeZone} now={now} /> : "never"} · last proved:{" "}
                {lastProved ? (
                  <Time at={lastProved.startedAt} zone={timeZone} now={now} />
                ) : (
                  <span className="text-fail">never</span>
                )}{" "}
                · next: {nextAt ? <Time at={nextAt} zone={timeZone} now={now} show="instant" /> : "none by a schedule"}
              </p>
            )}
            {runs.length === 0 ? (
              location === null ? null : (
                <NothingHere>None has been begun.</NothingHere>
              )
            ) : (
              <HealthTable
                label="Backups"
                columns={[
                  { title: "Begun" },
                  { title: "Result" },
                  { title: "Size", numeric: true },
                  { title: "Dump", numeric: true, wide: true },
                  { title: "Check", numeric: true, wide: true },
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
        {[run.name, run.scheduled ? null : "by hand"].filter(Boolean).join(" · ")}
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
