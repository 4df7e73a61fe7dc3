import type { Metadata } from "next";
import { Inbox } from "@/components/inbox/inbox";
import type { Loaded } from "@/components/inbox/row";
import { describeDatabaseError } from "@/lib/database/errors";
import { getDeskSettings } from "@/lib/desk/settings";
import { parseFilter } from "@/lib/filter/url";
import { listFacets } from "@/lib/inbox/facets";
import { countAllContacts, countContacts, listContacts } from "@/lib/inbox/queries";
import { requireStaff } from "@/lib/staff/session";

export const metadata: Metadata = { title: "Inbox" };

type ContactsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The inbox. Rows first: counts and facets begin when the rows are there, and stream in after them. */
export default async function ContactsPage({ searchParams }: ContactsPageProps) {
  await requireStaff();
  const params = toParams(await searchParams);
  const { filter, problems } = parseFilter(params);
  const { timeZone } = await getDeskSettings();
  const page = { after: params.get("after") ?? undefined, before: params.get("before") ?? undefined };
  const { rows, next, previous, problem } = await listContacts(filter, timeZone, page);
  const open = params.get("open");
  return (
    <Inbox
      filter={filter}
      page={problem ? {} : page}
      rows={rows}
      next={next}
      previous={previous}
      problems={problem ? [...problems, { key: "cursor", value: "", message: problem }] : problems}
      open={open}
      panel={null}
      matching={load(countContacts(filter, timeZone))}
      total={load(countAllContacts())}
      facets={load(listFacets(filter, timeZone))}
      zone={timeZone}
      now={new Date()}
    />
  );
}

/** What comes after the rows may fail without taking them along: the page then says why it is not there. */
async function load<T>(loading: Promise<T>): Promise<Loaded<T>> {
  try {
    return { ok: true, value: await loading };
  } catch (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") console.error(error);
    return { ok: false, message };
  }
}

function toParams(search: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? value : [value ?? ""]) params.append(key, each);
  }
  return params;
}
