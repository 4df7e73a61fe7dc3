import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BackLink } from "@/components/contact/back-link";
import { ContactDetails } from "@/components/contact/contact-details";
import { missingWords } from "@/components/contact/missing-words";
import { NeighbourButtons } from "@/components/contact/neighbour-buttons";
import { StorySection } from "@/components/contact/story-section";
import { contactWords } from "@/components/contact/words";
import { NotesSection } from "@/components/notes/notes-section";
import type { Whole } from "@/lib/contact/contact";
import { findDuplicates } from "@/lib/contact/duplicate-queries";
import { given } from "@/lib/contact/given";
import { loadContact } from "@/lib/contact/queries";
import { load } from "@/lib/desk/load";
import { type SearchParams, toParams } from "@/lib/desk/search-params";
import { getDeskSettings } from "@/lib/desk/settings";
import { getViewer } from "@/lib/desk/viewer";
import { deskWords } from "@/lib/desk/wording";
import { contactsHref, parseFilter, printFilter, readBeside } from "@/lib/filter/url";
import { findCursor } from "@/lib/list/neighbour";
import { listNotes } from "@/lib/notes/queries";
import { getNow } from "@/lib/runtime/clock";
import { listColleagues } from "@/lib/staff/queries";
import { requireStaff } from "@/lib/staff/session/session";

/** Loaded once per request, for the title and the page. */
const loadOnce = cache((id: string, whole: Whole) => loadContact(id, whole));

/** The page's title: the contact's name. */
export async function contactMetadata(id: string | null, query: SearchParams): Promise<Metadata> {
  await requireStaff();
  const loaded = id === null ? null : await loadOnce(id, readWhole(query));
  return {
    title: loaded ? (given(loaded.contact.name)?.slice(0, 100) ?? deskWords.noName) : missingWords.noSuchContact,
  };
}

/** One contact on a page of its own, with links back to the filtered inbox and on to the next contact of that list. */
export async function ContactPage({ id, query }: { id: string | null; query: SearchParams }) {
  const staff = await requireStaff();
  if (id === null) notFound();
  const [loaded, notes, people, { timeZone }] = await Promise.all([
    loadOnce(id, readWhole(query)),
    load(listNotes(id), "/contacts/[id]"),
    listColleagues(),
    getDeskSettings(),
  ]);
  if (!loaded) notFound();
  const filter = readFilter(query);
  const beside = readBeside(toParams(query));
  return (
    <main className="mx-auto max-w-[1760px] px-6 py-4 max-md:px-4">
      <nav aria-label={contactWords.list} className="mb-3 flex min-h-[30px] flex-wrap items-center gap-x-3 gap-y-1">
        <BackLink href={contactsHref(filter, beside)} />
        <NeighbourButtons
          // The id may be in the query; without a key, React would then carry one contact's state over to the next.
          key={id}
          id={id}
          list={contactsHref(filter)}
          filter={String(printFilter(filter))}
          beside={beside}
          position={load(
            getViewer(staff).then((viewer) => findCursor(filter, viewer, id)),
            "/contacts/[id]",
          )}
        />
      </nav>
      <ContactDetails
        loaded={loaded}
        filter={filter}
        layout="page"
        story={
          <StorySection
            loaded={loaded}
            notes={notes.ok ? notes.value : null}
            people={people}
            zone={timeZone}
            now={getNow()}
          />
        }
        notes={<NotesSection key={id} contactId={id} loaded={notes} now={getNow()} level={2} />}
        duplicates={findDuplicates(loaded, "/contacts/[id]")}
      />
    </main>
  );
}

/** The filter for the way back. Malformed parts are dropped, because the inbox reports them. */
function readFilter(query: SearchParams) {
  const params = toParams(query);
  params.delete("id");
  params.delete("show");
  return parseFilter(params).filter;
}

function readWhole({ show }: SearchParams): Whole {
  return show === "message" || show === "insights" ? show : null;
}
