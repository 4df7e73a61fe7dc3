import { useInboxHref } from "@/components/views/views";
import { type Page, pages } from "./pages";

/** A page with the address it begins with for the viewer. */
export type OpenPage = Page & { begin: string };

/** The pages the viewer can go to. Whatever leads to one goes to its `begin`: the inbox begins with the default view. */
export function usePages(admin: boolean): OpenPage[] {
  const inboxHref = useInboxHref();
  return pages
    .filter(({ adminOnly }) => admin || !adminOnly)
    .map((page) => ({ ...page, begin: page.href === "/contacts" ? inboxHref : page.href }));
}
