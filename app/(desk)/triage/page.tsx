import type { Metadata } from "next";
import { Problems } from "@/components/inbox/problems";
import { Triage } from "@/components/triage/triage";
import { triageWords } from "@/components/triage/words";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { describeFilter } from "@/lib/filter/chips";
import { hasConditions } from "@/lib/filter/filter";
import { contactsHref, parseFilter, readBeside, withBeside } from "@/lib/filter/url";
import { requireStaff } from "@/lib/staff/session/session";
import { toDecided, toQueue, triageHref } from "@/lib/triage/queue";

export const metadata: Metadata = { title: "Triage" };

type TriagePageProps = { searchParams: Promise<SearchParams> };

/** The title of the queue without a filter. */
const everything = triageWords.queue;

/**
 * Triage of the filter's contacts. Loading the page changes nothing, because the browser freezes the queue only
 * afterwards.
 */
export default async function TriagePage({ searchParams }: TriagePageProps) {
  await requireStaff();
  const params = toParams(await searchParams);
  const { filter, problems } = parseFilter(params);
  const { timeZone } = await getDeskSettings();
  const queue = toQueue(filter, params.has("sort"));
  const chips = describeFilter(filter).map(({ label, text }) => `${label} ${text}`);
  const filtered = hasConditions(filter);
  const decided = filtered ? toDecided({ ...filter, sort: queue.sort }) : null;
  const title = filtered ? [...chips, decided && triageWords.onlyOpen].filter(Boolean).join(" · ") : everything;
  // Leads back to the list the person came from, which has all statuses. The queue takes only open contacts.
  const beside = readBeside(params);
  const inboxHref = filtered ? withBeside(contactsHref(filter), beside) : contactsHref(queue);
  const decidedHref = decided && withBeside(triageHref(decided), beside);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Problems problems={problems} />
      <div className="min-h-0 flex-1">
        <Triage
          key={params.toString()}
          filter={queue}
          inboxHref={inboxHref}
          decidedHref={decidedHref}
          title={title}
          zone={timeZone}
        />
      </div>
    </div>
  );
}
