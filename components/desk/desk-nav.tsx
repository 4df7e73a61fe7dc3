"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useActiveView, useViews } from "@/components/views/views";
import { usePages } from "./use-pages";

type DeskNavProps = {
  admin: boolean;
  /** The number of contacts; streamed in. */
  inboxCount: ReactNode;
};

/** The navigation: a column beside the page, or a row at the bottom on a phone. */
export function DeskNav({ admin, inboxCount }: DeskNavProps) {
  const pathname = usePathname();
  const view = useActiveView();
  const { defaultId } = useViews();
  return (
    <nav
      aria-label="Main"
      className="flex gap-0.5 max-md:w-full max-md:min-w-0 max-md:gap-0 max-md:justify-around md:flex-col"
    >
      {usePages(admin).map(({ href, begin, label, icon: Icon }) => {
        const here = pathname === href || pathname.startsWith(`${href}/`);
        // In a view, the inbox is the current page only if that view is the default one.
        const current = here && (view === null || view.id === defaultId);
        return (
          <Link key={href} href={begin} aria-current={current ? "page" : undefined} className="desk-link">
            <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
            <span className="desk-page">{label}</span>
            {href === "/contacts" ? (
              <span className="ml-auto font-normal text-ink-3 tabular-nums max-md:hidden">{inboxCount}</span>
            ) : null}
          </Link>
        );
      })}
    </nav>
  );
}
