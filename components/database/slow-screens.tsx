import { ChevronRight } from "lucide-react";
import { Suspense } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { countOf } from "@/lib/desk/wording";
import { listOtherStatements, listSlowScreens, type ScreenStatement, type SlowScreen } from "@/lib/health/screens";
import type { Health } from "@/lib/health/start";
import { describeProcesses, formatMany, formatShare, formatTaken, nameScreen } from "@/lib/health/words";
import type { ServerWork } from "@/lib/server/measures/server-work";
import { CodeBlock } from "./code-block";
import { HealthSection, NothingHere } from "./health-section";
import { Meter } from "./meter";
import { PlanButton } from "./plan-button";
import { slowWords } from "./words";

type SlowScreensProps = { statistics: Health["statistics"]; work: ServerWork; now: Date; timeZone: string };

/** The screens that used the most database time, with their statements. */
export function SlowScreens({ statistics, work, now, timeZone }: SlowScreensProps) {
  return (
    <HealthSection
      title={slowWords.title}
      about={
        <>
          Time that this server waited for the database since it started{" "}
          <Time at={work.startedAt} zone={timeZone} now={now} show="instant" />, by what it was for;{" "}
          {describeProcesses(work)}. A screen opens its statements.
        </>
      }
    >
      <Suspense fallback={<Skeleton className="h-40 w-full" />}>
        <ScreenList statistics={statistics} times={work.times} />
      </Suspense>
    </HealthSection>
  );
}

const columns =
  "grid grid-cols-[16px_minmax(0,220px)_minmax(40px,1fr)_72px_88px_80px_80px] items-center gap-x-3 max-md:grid-cols-[16px_minmax(0,1fr)_72px]";

type ScreenListProps = Pick<SlowScreensProps, "statistics"> & Pick<ServerWork, "times">;

async function ScreenList({ statistics, times }: ScreenListProps) {
  const { state, statements } = await statistics;
  const screens = listSlowScreens(times, statements);
  const others = listOtherStatements(times, statements);
  const total = screens.reduce((sum, one) => sum + one.total, 0);
  if (screens.length === 0) return <NothingHere>{slowWords.none}</NothingHere>;
  return (
    <>
      <div className={`${columns} px-2 pb-1 text-right text-xs text-ink-3`} aria-hidden="true">
        <span className="col-start-4 max-md:col-start-3">in all</span>
        <span className="max-md:hidden">statements</span>
        <span className="max-md:hidden">each</span>
        <span className="max-md:hidden">longest</span>
      </div>
      <ul className="-mx-2">
        {screens.map((screen) => (
          <li key={screen.screen}>
            <Screen screen={screen} total={total} counted={state === "read"} />
          </li>
        ))}
        {others.length > 0 ? (
          <li>
            <details className="group rounded-md open:bg-sunk">
              <summary className="flex h-8 list-none items-center gap-3 rounded-md px-2 text-ink-2 hover:bg-hover">
                <ChevronRight size={14} aria-hidden="true" className="shrink-0 group-open:rotate-90" />
                What other servers asked for, and this one before it started
              </summary>
              <Statements statements={others} name="other servers" counted />
            </details>
          </li>
        ) : null}
      </ul>
    </>
  );
}

type ScreenProps = { screen: SlowScreen; total: number; counted: boolean };

function Screen({ screen, total, counted }: ScreenProps) {
  const name = nameScreen(screen.screen);
  return (
    <details className="group rounded-md open:bg-sunk">
      <summary className={`${columns} min-h-8 list-none rounded-md px-2 text-right tabular-nums hover:bg-hover`}>
        <ChevronRight size={14} aria-hidden="true" className="text-ink-3 group-open:rotate-90" />
        <span className="min-w-0 truncate text-left font-medium" title={screen.screen}>
          {name}
          {name === screen.screen ? null : <span className="font-normal text-ink-3"> {screen.screen}</span>}
        </span>
        <Meter value={screen.total} most={total} className="max-md:hidden" />
        <span className="font-semibold">
          {formatTaken(screen.total)}
          <span className="sr-only"> in all, {formatShare(screen.total, total)}</span>
        </span>
        <span className="text-ink-2 max-md:hidden">
          {formatMany(screen.calls)}
          <span className="sr-only"> statements</span>
        </span>
        <span className="text-ink-2 max-md:hidden">
          {formatTaken(screen.total / screen.calls)}
          <span className="sr-only"> each</span>
        </span>
        <span className={screen.longest > 1_000 ? "text-fail max-md:hidden" : "text-ink-2 max-md:hidden"}>
          {formatTaken(screen.longest)}
          <span className="sr-only"> the longest</span>
        </span>
      </summary>
      <Statements statements={screen.statements} name={name} counted={counted} />
      {screen.kinds > screen.statements.length ? (
        <p className="px-9 pb-3 text-xs text-ink-3 max-md:px-3">
          and {countOf(screen.kinds - screen.statements.length, "statement")} that took less in all
        </p>
      ) : null}
    </details>
  );
}

type StatementsProps = { statements: ScreenStatement[]; name: string; counted: boolean };

function Statements({ statements, name, counted }: StatementsProps) {
  return (
    <ol className="flex flex-col gap-4 px-9 pt-1 pb-4 max-md:px-3">
      {statements.map((one, index) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <CodeBlock label={`Statement ${index + 1} of ${name}`}>{one.text}</CodeBlock>
          <p className="min-w-0 flex-1 text-xs text-ink-2 tabular-nums">{describe(one, counted)}</p>
          <PlanButton id={one.id} what={slowWords.statementOf(index + 1, name)} />
        </li>
      ))}
    </ol>
  );
}

function describe({ calls, total, longest, rows, inDatabase }: ScreenStatement, counted: boolean): string {
  const here =
    calls > 0
      ? `${formatTaken(total)} in ${countOf(calls, "call")} · ${formatTaken(total / calls)} each, longest ${formatTaken(longest)} · ${countOf(Math.round(rows / calls), "row")} each`
      : slowWords.notAsked;
  if (!counted) return here;
  if (!inDatabase) return `${here} · The database has no count of it`;
  return `${here} · By the database's own count ${formatTaken(inDatabase.mean)} each in ${countOf(inDatabase.calls, "call")}, ${formatTaken(inDatabase.total)} in all`;
}
