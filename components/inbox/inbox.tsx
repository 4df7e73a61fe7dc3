"use client";
import { NavigationProvider } from "@/components/views/navigation";
import type { InboxProps } from "./inbox-props";
import { ContactList } from "./list/contact-list";

/** The inbox: filter, facets, list, and a contact beside it. */
export function Inbox(props: InboxProps) {
  return <NavigationProvider>{(pending) => <ContactList {...props} pending={pending} />}</NavigationProvider>;
}
