"use client";
import { ContactList } from "./contact-list";
import type { InboxProps } from "./inbox-props";
import { NavigationProvider } from "./navigation";

/** The inbox: filter, facets, list, and a contact beside it. */
export function Inbox(props: InboxProps) {
  return (
    <NavigationProvider>
      <ContactList {...props} />
    </NavigationProvider>
  );
}
