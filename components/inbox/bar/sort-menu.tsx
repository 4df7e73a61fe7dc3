"use client";
import { ArrowDownUp } from "lucide-react";
import { inboxWords } from "@/components/inbox/words";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from "@/components/ui/menu/menu";
import { useNavigation } from "@/components/views/navigation";
import type { ContactFilter } from "@/lib/filter/filter";
import { sortLabels } from "@/lib/filter/sort-labels";
import { contactsHref, isSort } from "@/lib/filter/url";

/** The menu for the list's order. */
export function SortMenu({ filter }: { filter: ContactFilter }) {
  const { go } = useNavigation();
  const choose = (sort: string) => {
    if (isSort(sort)) go(contactsHref({ ...filter, sort }));
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="quiet" size="small" className="max-md:size-8 max-md:p-0">
          <ArrowDownUp size={13} aria-hidden="true" className="md:hidden" />
          <span className="max-md:sr-only">
            <span className="sr-only">{inboxWords.order} </span>
            {sortLabels[filter.sort]}
          </span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={filter.sort} onValueChange={choose}>
          {Object.entries(sortLabels).map(([sort, label]) => (
            <MenuRadioItem key={sort} value={sort}>
              {label}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
