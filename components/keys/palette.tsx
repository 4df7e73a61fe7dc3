"use client";
import { clsx } from "clsx";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useDesk } from "@/components/desk/desk";
import { usePreferences } from "@/components/desk/preferences";
import { usePages } from "@/components/desk/use-pages";
import { findSettings, findStaff, listFound } from "@/components/find/find-items";
import { type Finding, useFound } from "@/components/find/use-found";
import { findWords } from "@/components/find/words";
import { Dialog, useReturnFocus } from "@/components/ui/dialog/dialog-parts";
import { Highlight } from "@/components/ui/highlight";
import { stayWhileComposing } from "@/components/ui/pressed-key";
import { Time } from "@/components/ui/time";
import { emptyFilter } from "@/lib/filter/filter";
import { findSought } from "@/lib/filter/matches";
import { contactsHref } from "@/lib/filter/url";
import { longestSought } from "@/lib/find/found";
import { Keys, useIsMac } from "./key-hint";
import type { OverlayProps } from "./key-host";
import { findItems, listGroups, type PaletteGroup, type PaletteItem } from "./palette-items";
import { readPress, typesCharacter } from "./press";
import { keyWords } from "./words";

/** Everything that can be done or opened, found by its words: commands, pages, settings, staff, contacts, documents. */
export function Palette(props: OverlayProps) {
  return (
    <Dialog open onOpenChange={(open) => open || props.onClose()}>
      <Primitive.Portal>
        <Opened {...props} />
      </Primitive.Portal>
    </Dialog>
  );
}

function Opened({ admin, typed, takeRest, onClose }: OverlayProps) {
  const router = useRouter();
  const preferences = usePreferences();
  const pages = usePages(admin);
  const { people } = useDesk();
  const returnFocus = useReturnFocus();
  const [words, setWords] = useState(typed);
  // By now the field has the focus, because its effects come first.
  const begin = useEffectEvent(() => {
    const rest = takeRest();
    if (rest !== "") setWords(typed + rest);
  });
  useEffect(() => begin(), []);
  const [groups] = useState(() => listGroups(pages, preferences));
  const chosen = useRef<PaletteItem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const sought = words.trim();
  const finding = useFound(sought);
  const marked = findSought(sought);
  // What the server finds comes last, so that nothing above it moves when it arrives.
  const shown: (PaletteGroup & { marked?: boolean })[] = [
    ...findItems(groups, sought),
    ...findSettings(sought, admin),
    ...searchLine(sought),
    ...findStaff(sought, people).map((group) => ({ ...group, marked: true })),
    ...listFound(finding.found).map((group) => ({ ...group, marked: true })),
  ];

  function choose(item: PaletteItem) {
    chosen.current = item;
    onClose();
  }
  /** Runs the choice once the page has the focus again, because the choice may move it. */
  function finish(event: Event) {
    returnFocus(event);
    const item = chosen.current;
    if (item === null) return;
    if ("href" in item) router.push(item.href);
    else item.act();
  }
  return (
    <>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-black/30" />
      <Primitive.Content
        aria-describedby={undefined}
        onOpenAutoFocus={(event) => {
          // By itself the dialog would select what was typed already, and the next letter would replace it.
          event.preventDefault();
          field.current?.focus();
        }}
        onCloseAutoFocus={finish}
        onEscapeKeyDown={stayWhileComposing}
        onKeyDown={(event) => {
          if (readPress(event.nativeEvent) !== "Mod+k") return;
          event.preventDefault();
          onClose();
        }}
        className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-[560px] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-panel shadow-lift outline-none max-md:top-3"
      >
        <Primitive.Title className="sr-only">{keyWords.palette}</Primitive.Title>
        <Command shouldFilter={false} loop label={keyWords.palette}>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search size={16} strokeWidth={1.8} aria-hidden="true" className="shrink-0 text-ink-3" />
            <Command.Input
              ref={field}
              value={words}
              onValueChange={setWords}
              maxLength={longestSought}
              placeholder={keyWords.paletteHint}
              className="h-12 w-full bg-transparent text-[15px] outline-none placeholder:text-ink-3 focus-visible:outline-none"
            />
          </div>
          <Command.List
            label={keyWords.results}
            className="max-h-[min(420px,60dvh)] overflow-y-auto overscroll-contain p-1.5 [&_[cmdk-group-heading]]:truncate [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[11.5px] [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
          >
            {shown.map(({ heading, items, marked: isMarked }) => (
              <Command.Group key={heading} heading={<bdi>{heading}</bdi>}>
                {items.map((item) => (
                  <Line key={item.id} item={item} sought={isMarked ? marked : []} onChoose={choose} />
                ))}
              </Command.Group>
            ))}
          </Command.List>
          <Outcome {...finding} />
        </Command>
      </Primitive.Content>
    </>
  );
}

/** Leads to the list of all contacts with the words. */
function searchLine(sought: string): PaletteGroup[] {
  if (sought === "") return [];
  const line = {
    id: "search contacts",
    label: keyWords.searchContacts(sought),
    icon: <Search size={15} strokeWidth={1.7} />,
    href: contactsHref({ ...emptyFilter, words: sought }),
  };
  return [{ heading: findWords.search, items: [line] }];
}

/** Says what was found, or why nothing was. Its room is there as soon as one types, so that nothing moves. */
function Outcome({ found: { contacts, documents }, pending, failure, asked }: Finding) {
  const isEmpty = contacts.length + documents.length === 0;
  const outcome = failure ?? (isEmpty ? findWords.nothing : findWords.found(contacts.length, documents.length));
  return (
    <div className={asked ? "border-t border-line px-4 py-2 text-xs text-ink-2" : "sr-only"}>
      {/* Only the outcome is announced, because looking begins anew with every key. */}
      <span role="status" className={failure ? "text-fail" : undefined}>
        {asked && !pending ? outcome : null}
      </span>
      {pending ? <span aria-hidden="true">{findWords.looking}</span> : null}
    </div>
  );
}

type LineProps = { item: PaletteItem; sought: string[]; onChoose: (item: PaletteItem) => void };

function Line({ item, sought, onChoose }: LineProps) {
  const mac = useIsMac();
  const keysOn = usePreferences().keys;
  const { zone } = useDesk();
  const { id, label, detail, at, icon, keys } = item;
  return (
    <Command.Item
      value={id}
      onSelect={() => onChoose(item)}
      className="flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 text-ink-2 data-[selected=true]:bg-hover data-[selected=true]:text-ink max-md:min-h-11"
    >
      <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center text-ink-3">
        {icon}
      </span>
      <span className="flex min-w-0 flex-1 items-baseline gap-x-2 max-md:flex-col">
        <bdi className={clsx("max-w-full truncate", detail && "shrink-0 md:max-w-[65%]")}>
          <Highlight text={label} sought={sought} />
        </bdi>{" "}
        {detail ? (
          <bdi className="max-w-full min-w-0 truncate text-xs text-ink-3">
            <Highlight text={detail} sought={sought} />
          </bdi>
        ) : null}
      </span>
      {at ? <Time at={at} zone={zone} className="shrink-0 text-xs text-ink-3 tabular-nums" /> : null}
      {keys && (keysOn || !typesCharacter(keys)) ? (
        <span className="key-hint ml-auto shrink-0 pl-3">
          <Keys keys={keys} mac={mac} />
        </span>
      ) : null}
    </Command.Item>
  );
}
