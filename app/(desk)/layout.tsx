import { headers } from "next/headers";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { BulkHost } from "@/components/change/bulk/bulk-host";
import { ChangeHost } from "@/components/change/change-host";
import { Brand } from "@/components/desk/brand";
import { DeskProvider } from "@/components/desk/desk";
import { DeskNav } from "@/components/desk/desk-nav";
import { PreferencesProvider } from "@/components/desk/preferences";
import { keepEarlyKeys } from "@/components/keys/early-keys";
import { EarlyKeysScript } from "@/components/keys/early-keys-script";
import { KeyHost } from "@/components/keys/key-host";
import { HelpButton } from "@/components/keys/keys-button";
import { Avatar } from "@/components/ui/avatar";
import { Sparkline } from "@/components/views/sparkline";
import { ViewCount, ViewList } from "@/components/views/view-list";
import { ViewsProvider } from "@/components/views/views";
import { listBulksOf } from "@/lib/change/bulk-progress";
import { load } from "@/lib/desk/load";
import { nonceHeader } from "@/lib/desk/nonce";
import { getDeskSettings } from "@/lib/desk/settings";
import { getViewer } from "@/lib/desk/viewer";
import { findWeekStart } from "@/lib/desk/week-start";
import { hasConditions } from "@/lib/filter/filter";
import { countAllContacts, countContacts } from "@/lib/list/counts";
import { countReceived } from "@/lib/list/received";
import { listColleagues } from "@/lib/staff/queries";
import { requireSession } from "@/lib/staff/session/session";
import { isHeldBack } from "@/lib/staff/staff";
import { countViewDays, countViews } from "@/lib/views/counts";
import { getDefaultView, listViews } from "@/lib/views/queries";
import { everyContact } from "@/lib/views/view";

/**
 * The frame around every page of the desk. Each page below checks access itself. A person who must do something first
 * sees only /account in it, and nothing of the contacts.
 */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const staff = await requireSession();
  const desk = await getDeskSettings();
  const open = !isHeldBack(staff);
  const [people, views, defaultView] = open
    ? await Promise.all([listColleagues(), listViews(staff.id, staff.role), getDefaultView(staff)])
    : [[], [], null];
  const running = await load(listBulksOf(staff.id), "/");
  // Not awaited, so that the frame does not wait for the numbers.
  const viewing = getViewer(staff);
  const counts = viewing.then((viewer) =>
    countViews(views, viewer, (filter) => (hasConditions(filter) ? countContacts(filter, viewer) : countAllContacts())),
  );
  const sparklines = counts.then(async () => drawAll(await countViewDays(views, await viewing, countReceived)));
  const nonce = (await headers()).get(nonceHeader) ?? undefined;
  return (
    <DeskProvider
      desk={{
        people,
        me: staff.id,
        zone: desk.timeZone,
        weekStart: findWeekStart(desk.week.map((hours) => hours !== null)),
      }}
    >
      <PreferencesProvider preferences={staff.preferences}>
        <ViewsProvider views={views} defaultId={defaultView?.id ?? null} counts={counts} sparklines={sparklines}>
          {open && staff.preferences.keys ? <EarlyKeysScript script={`(${keepEarlyKeys})()`} nonce={nonce} /> : null}
          <div data-density={staff.preferences.density} className="desk">
            <a href="#content" className="desk-skip">
              Skip to the content
            </a>
            <a href="#list" className="desk-skip desk-skip-list">
              Skip to the list
            </a>
            <aside className="desk-side">
              <div className="px-2 pb-3.5 max-md:hidden">
                <Brand name={desk.name} />
              </div>
              {open ? (
                <>
                  <DeskNav
                    admin={staff.role === "admin"}
                    inboxCount={
                      <Suspense>
                        <ViewCount id={defaultView?.id ?? everyContact} />
                      </Suspense>
                    }
                  />
                  <div className="desk-views">
                    <ViewList />
                  </div>
                </>
              ) : null}
              <div className="desk-foot">
                <Link href="/account" className="desk-account">
                  <Avatar name={staff.name} />
                  <span className="min-w-0 truncate max-md:sr-only">{staff.name}</span>
                  <span className="ml-auto text-ink-3 max-md:hidden">{staff.role}</span>
                </Link>
                {open ? <HelpButton /> : null}
              </div>
            </aside>
            {/* Relative, so that elements for screen readers are positioned in here and do not lengthen the page. */}
            <div id="content" className="relative min-h-0 min-w-0 flex-1 overflow-y-auto">
              {children}
            </div>
            <ChangeHost />
            <BulkHost running={running.ok ? running.value.map(({ batch }) => batch) : []} />
            {open ? <KeyHost admin={staff.role === "admin"} /> : null}
          </div>
        </ViewsProvider>
      </PreferencesProvider>
    </DeskProvider>
  );
}

function drawAll(days: Record<string, number[]>): Record<string, ReactNode> {
  return Object.fromEntries(
    Object.entries(days).map(([view, counts]) => [view, <Sparkline key={view} days={counts} />]),
  );
}
