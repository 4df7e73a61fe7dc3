import type { Metadata } from "next";
import { Inbox } from "@/components/inbox/inbox";
import type { InboxRow } from "@/components/inbox/row";
import { inboxWords } from "@/components/inbox/words";
import { toTriage } from "@/lib/contact/triage";
import { describeDatabaseError } from "@/lib/database/errors";
import { load } from "@/lib/desk/load";
import { findDue } from "@/lib/desk/response-targets";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { isKnownInstant } from "@/lib/desk/time";
import { getViewer } from "@/lib/desk/viewer";
import { resolveDays } from "@/lib/filter/days";
import { hasConditions, withoutField } from "@/lib/filter/filter";
import { parseFilter, readBeside } from "@/lib/filter/url";
import { rememberBeside } from "@/lib/list/beside-memo";
import { detailsOf, layColumns, parseShown } from "@/lib/list/columns";
import { countAllContacts, countContacts } from "@/lib/list/counts";
import { listFacets } from "@/lib/list/facets";
import { type ContactPage, type ContactRow, listContacts } from "@/lib/list/queries";
import { getNow } from "@/lib/runtime/clock";
import { requireStaff } from "@/lib/staff/session/session";
import { OpenContact } from "./open-contact";

export const metadata: Metadata = { title: inboxWords.inbox };

/** The number of characters of a message that fit into the widest row. */
const shownMessage = 140;

type ContactsPageProps = { searchParams: Promise<SearchParams> };

/** The inbox. Rows come first: counts and facets start once the rows are there, and stream in after them. */
export default async function ContactsPage({ searchParams }: ContactsPageProps) {
  const staff = await requireStaff();
  const params = toParams(await searchParams);
  const { filter, problems } = parseFilter(params);
  const { shown, unknown } = parseShown(readBeside(params).columns);
  const viewer = await getViewer(staff);
  const page = { after: params.get("after") ?? undefined, before: params.get("before") ?? undefined };
  const columns = layColumns(staff.preferences.columns, shown);
  const listed = await listUnlessTooBroad(filter, viewer, page, detailsOf(columns));
  const { rows, next, previous, partial, problem } = listed ?? noRows;
  const ignored = [
    ...problems,
    ...(unknown.length > 0 ? [{ key: "columns", value: unknown.join(), message: "The list has no such column." }] : []),
    ...(problem ? [{ key: "cursor", value: "", message: problem }] : []),
  ];
  // Business time is reckoned day by day, which costs too much for rows that do not show it.
  const showsDue = columns.some(({ id, shown }) => id === "due" && shown);
  const settings = await getDeskSettings();
  const open = params.get("open");
  const days = resolveDays(filter, viewer);
  const beside = rememberBeside({ viewer, filter, rows }, open !== null, () => ({
    matching: listed ? load(countContacts(filter, viewer), "/contacts") : Promise.resolve(notCounted),
    total: load(countAllContacts(), "/contacts"),
    // If the insight conditions are too broad, the facets are counted without them, so that they can be narrowed.
    facets: load(listFacets(listed ? filter : withoutField(filter, "insight"), viewer), "/contacts"),
  }));
  return (
    <Inbox
      filter={filter}
      days={{ from: days.from, to: days.to }}
      page={problem ? {} : page}
      rows={rows.map((row) =>
        toInboxRow(row, showsDue && row.waiting && isKnownInstant(row.timestamp) ? findDue(settings, row) : null),
      )}
      next={next}
      previous={previous}
      problems={ignored}
      open={open}
      panel={open === null ? null : <OpenContact key={open} id={open} filter={filter} />}
      {...beside}
      tooBroad={listed === null}
      partial={partial}
      zone={viewer.timeZone}
      now={getNow()}
    />
  );
}

const noRows: ContactPage = { rows: [], next: null, previous: null, partial: false };
const notCounted = { ok: false, message: "The filter is too broad." } as const;

/** A page of the list; null if its filter is too broad to be searched within the time limit. */
async function listUnlessTooBroad(...args: Parameters<typeof listContacts>): Promise<ContactPage | null> {
  try {
    return await listContacts(...args);
  } catch (error) {
    if (describeDatabaseError(error).code === "too_slow" && hasConditions(args[0])) return null;
    throw error;
  }
}

/** The parts of a row that the list shows; the rest would only make the page larger. */
function toInboxRow(
  { email: _email, source: _source, waiting: _waiting, message, ...row }: ContactRow,
  due: Date | null,
): InboxRow {
  return { ...row, due, ...toTriage(row), message: message.slice(0, shownMessage).replace(/[\uD800-\uDBFF]$/, "") };
}
