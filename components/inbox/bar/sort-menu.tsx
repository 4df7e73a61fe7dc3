"use client";
import { ArrowDownUp } from "lucide-react";
import { inboxWords } from "@/components/inbox/words";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from "@/components/ui/menu/menu";
import { useNavigation } from "@/components/views/navigation";
import type { ContactFilter } from "@/lib/filter/filter";
import { bestMatchNote, sortLabels } from "@/lib/filter/sort-labels";
import { contactsHref, isSort } from "@/lib/filter/url";

/** The menu for the list's order. "Best match" is offered while words are searched; without any it is newest first. */
export function SortMenu({ filter }: { filter: ContactFilter }) {
  const { go } = useNavigation();
  const choose = (sort: string) => {
    if (isSort(sort)) go(contactsHref({ ...filter, sort }));
  };
  const searched = filter.words !== "";
  const shown = filter.sort === "best" && !searched ? "-timestamp" : filter.sort;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="quiet" size="small" className="max-md:size-8 max-md:p-0">
          <ArrowDownUp size={13} aria-hidden="true" className="md:hidden" />
          <span className="max-md:sr-only">
            <span className="sr-only">{inboxWords.order} </span>
            {sortLabels[shown]}
          </span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={shown} onValueChange={choose}>
          {Object.entries(sortLabels).map(([sort, label]) =>
            sort === "best" && !searched ? null : (
              <MenuRadioItem key={sort} value={sort} title={sort === "best" ? bestMatchNote : undefined}>
                {label}
              </MenuRadioItem>
            ),
          )}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
