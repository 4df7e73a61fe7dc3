import type { Metadata } from "next";
import { Problems } from "@/components/inbox/problems";
import { Triage } from "@/components/triage/triage";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { describeFilter } from "@/lib/filter/chips";
import { hasConditions } from "@/lib/filter/filter";
import { contactsHref, parseFilter, readBeside, withBeside } from "@/lib/filter/url";
import { requireStaff } from "@/lib/staff/session";
import { toQueue } from "@/lib/triage/queue";

export const metadata: Metadata = { title: "Triage" };

type TriagePageProps = { searchParams: Promise<SearchParams> };

/** Triage of the filter's contacts. The queue is frozen by the browser once it is there: asking for the page changes nothing. */
export default async function TriagePage({ searchParams }: TriagePageProps) {
  await requireStaff();
  const params = toParams(await searchParams);
  const { filter, problems } = parseFilter(params);
  const { timeZone } = await getDeskSettings();
  const queue = toQueue(filter, params.has("sort"));
  const chips = describeFilter(filter).map(({ label, text }) => `${label} ${text}`);
  const filtered = hasConditions(filter);
  const title = filtered ? chips.join(" · ") : "Open contacts, oldest waiting first";
  // Back to the list one came from, which has all statuses where the queue takes the open ones.
  const inboxHref = filtered ? withBeside(contactsHref(filter), readBeside(params)) : contactsHref(queue);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Problems problems={problems} />
      <div className="min-h-0 flex-1">
        <Triage key={params.toString()} filter={queue} inboxHref={inboxHref} title={title} zone={timeZone} />
      </div>
    </div>
  );
}
