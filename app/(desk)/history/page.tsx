import type { Metadata } from "next";
import { HistoryFilter } from "@/components/history/history-filter";
import { HistoryList } from "@/components/history/history-list";
import { historyWords } from "@/components/history/words";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { listHistoryPage } from "@/lib/history/queries";
import { parseHistoryQuestion } from "@/lib/history/question";
import { getNow } from "@/lib/runtime/clock";
import { listColleagues } from "@/lib/staff/queries";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: historyWords.history };

type HistoryPageProps = { searchParams: Promise<SearchParams> };

/** Who changed what in the desk, newest first, batch by batch. Changes by the website and the database are included. */
export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  await requireStaff();
  const { question, dropped } = parseHistoryQuestion(toParams(await searchParams));
  const { timeZone } = await getDeskSettings();
  const [page, people] = await Promise.all([listHistoryPage(question, timeZone), listColleagues()]);
  return (
    <main>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 max-md:px-4">
        <h1 className="text-[15px]">{historyWords.history}</h1>
        <HistoryFilter question={question} people={people} />
        <p className="ml-auto text-ink-3">{timeZone}</p>
      </header>
      {dropped.length > 0 ? (
        <p role="status" className="border-b border-line bg-warn-soft px-5 py-2 text-warn max-md:px-4">
          {historyWords.ignored(dropped.join(", "))}
        </p>
      ) : null}
      <HistoryList page={page} question={question} people={people} zone={timeZone} now={getNow()} />
    </main>
  );
}
