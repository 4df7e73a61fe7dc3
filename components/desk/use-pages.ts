import { useInboxHref } from "@/components/views/views";
import { type Page, pages } from "./pages";

/** A page, with the address at which it starts for the viewer. */
export type OpenPage = Page & { begin: string };

/** The pages open to the viewer. Every link to a page uses its `begin`: the inbox starts with the default view. */
export function usePages(admin: boolean): OpenPage[] {
  const inboxHref = useInboxHref();
  return pages
    .filter(({ adminOnly }) => admin || !adminOnly)
    .map((page) => ({ ...page, begin: page.href === "/contacts" ? inboxHref : page.href }));
}
