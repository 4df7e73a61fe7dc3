import type { Metadata } from "next";
import { Problems } from "@/components/inbox/problems";
import { Triage } from "@/components/triage/triage";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { describeFilter } from "@/lib/filter/chips";
import { hasConditions } from "@/lib/filter/filter";
import { parseFilter } from "@/lib/filter/url";
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
  const title = hasConditions(filter) ? chips.join(" · ") : "Open contacts, oldest waiting first";
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Problems problems={problems} />
      <div className="min-h-0 flex-1">
        <Triage key={params.toString()} filter={queue} title={title} zone={timeZone} />
      </div>
    </div>
  );
}
