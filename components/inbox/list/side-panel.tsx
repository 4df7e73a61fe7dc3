"use client";
import { Maximize2, X } from "lucide-react";
import type { ReactNode } from "react";
import { inboxWords } from "@/components/inbox/words";
import { PanelSkeleton } from "../panel-skeleton";

type SidePanelProps = { name: string; href: string; loading: boolean; onClose: () => void; children: ReactNode };

/** A contact beside the list, or over it if there is no room for both. */
export function SidePanel({ name, href, loading, onClose, children }: SidePanelProps) {
  const look = "grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink";
  return (
    <aside
      aria-label={inboxWords.openContact}
      aria-busy={loading}
      className="relative flex w-[428px] shrink-0 flex-col overflow-y-auto border-l border-line bg-panel max-lg:absolute max-lg:inset-0 max-lg:z-30 max-lg:w-auto low:fixed"
    >
      <div className="sticky top-0 z-10 flex h-0 justify-end gap-0.5 pr-2.5">
        <a href={href} aria-label={inboxWords.openAsPage} title={inboxWords.openAsPage} className={`mt-2.5 ${look}`}>
          <Maximize2 size={14} aria-hidden="true" />
        </a>
        <button type="button" onClick={onClose} aria-label="Close" title="Close (Esc)" className={`mt-2.5 ${look}`}>
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      {loading ? (
        <div className="flex flex-col gap-3 px-[18px] py-3.5">
          <h2 dir="auto" className="truncate pr-16 text-[17px] leading-6">
            {name}
          </h2>
          <PanelSkeleton />
        </div>
      ) : (
        <div className="px-[18px] py-3.5">{children}</div>
      )}
    </aside>
  );
}
