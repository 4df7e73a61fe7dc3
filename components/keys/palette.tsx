"use client";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { useRef, useState } from "react";
import { usePreferences } from "@/components/desk/preferences";
import { usePages } from "@/components/desk/use-pages";
import { Dialog, useReturnFocus } from "@/components/ui/dialog/dialog-parts";
import { stayWhileComposing } from "@/components/ui/pressed-key";
import { emptyFilter } from "@/lib/filter/filter";
import { contactsHref } from "@/lib/filter/url";
import { Keys, useIsMac } from "./key-hint";
import type { OverlayProps } from "./key-host";
import { findItems, listGroups, type PaletteItem } from "./palette-items";
import { readPress, typesCharacter } from "./press";
import { keyWords } from "./words";

/** Everything that can be done or opened, found by its words; and contacts, by theirs. */
export function Palette(props: OverlayProps) {
  return (
    <Dialog open onOpenChange={(open) => open || props.onClose()}>
      <Primitive.Portal>
        <Opened {...props} />
      </Primitive.Portal>
    </Dialog>
  );
}

function Opened({ admin, typed, onClose }: OverlayProps) {
  const router = useRouter();
  const preferences = usePreferences();
  const pages = usePages(admin);
  const returnFocus = useReturnFocus();
  const [words, setWords] = useState(typed);
  const [groups] = useState(() => listGroups(pages, preferences));
  const chosen = useRef<PaletteItem | null>(null);
  const shown = findItems(groups, words);
  const sought = words.trim();

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
              value={words}
              onValueChange={setWords}
              maxLength={200}
              placeholder={keyWords.paletteHint}
              className="h-12 w-full bg-transparent text-[15px] outline-none placeholder:text-ink-3 focus-visible:outline-none"
            />
          </div>
          <Command.List
            label={keyWords.results}
            className="max-h-[min(420px,60dvh)] overflow-y-auto overscroll-contain p-1.5 [&_[cmdk-group-heading]]:truncate [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[11.5px] [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
          >
            {shown.map(({ heading, items }) => (
              <Command.Group key={heading} heading={<bdi>{heading}</bdi>}>
                {items.map((item) => (
                  <Line key={item.id} item={item} onChoose={choose} />
                ))}
              </Command.Group>
            ))}
            {sought ? (
              <Command.Group heading={keyWords.contacts}>
                <Line
                  item={{
                    id: "search contacts",
                    label: keyWords.searchContacts(sought),
                    icon: <Search size={15} strokeWidth={1.7} />,
                    href: contactsHref({ ...emptyFilter, words: sought }),
                  }}
                  onChoose={choose}
                />
              </Command.Group>
            ) : null}
          </Command.List>
        </Command>
      </Primitive.Content>
    </>
  );
}

function Line({ item, onChoose }: { item: PaletteItem; onChoose: (item: PaletteItem) => void }) {
  const mac = useIsMac();
  const keysOn = usePreferences().keys;
  const { id, label, icon, keys } = item;
  return (
    <Command.Item
      value={id}
      onSelect={() => onChoose(item)}
      className="flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 text-ink-2 data-[selected=true]:bg-hover data-[selected=true]:text-ink max-md:min-h-11"
    >
      <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center text-ink-3">
        {icon}
      </span>
      <bdi className="min-w-0 truncate">{label}</bdi>
      {keys && (keysOn || !typesCharacter(keys)) ? (
        <span className="key-hint ml-auto shrink-0 pl-3">
          <Keys keys={keys} mac={mac} />
        </span>
      ) : null}
    </Command.Item>
  );
}
