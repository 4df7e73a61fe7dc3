"use client";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { type ComponentProps, createContext, type ReactNode, useContext, useMemo, useTransition } from "react";
import { withView } from "@/lib/filter/url";

type Navigation = {
  /** Whether the page that was asked for last is still on its way. */
  pending: boolean;
  /**
   * Goes there while the old rows stay; `along` runs in the same transition. The view that the list started from is kept in
   * the address, unless the address names one or `view` is null.
   */
  go: (href: string, how?: { replace?: boolean; along?: () => void; view?: null }) => void;
  /** An address with the view that the list started from. */
  keepView: (href: string) => string;
  /** Loads the page that is shown anew: the list, its counts and facets, and the frame around it. */
  refresh: () => void;
};

const NavigationContext = createContext<Navigation>({
  pending: false,
  go: () => undefined,
  keepView: (href) => href,
  refresh: () => undefined,
});

/** Every move within the inbox is one transition: old rows stay, the scroll stays, and a thin line says it is under way. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const view = useSearchParams().get("view");
  const [pending, startTransition] = useTransition();
  const navigation = useMemo<Navigation>(
    () => ({
      pending,
      go: (href, { replace, along, ...how } = {}) => {
        // Without a network the router would leave for the browser's own error page; the list says that there is none.
        if (!navigator.onLine) return;
        startTransition(() => {
          along?.();
          const kept = withView(href, how.view === null ? null : view);
          if (replace) router.replace(kept, { scroll: false });
          else router.push(kept, { scroll: false });
        });
      },
      keepView: (href) => withView(href, view),
      refresh: () => startTransition(() => router.refresh()),
    }),
    [pending, router, view],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

/** A real link to another view of the inbox; a plain click goes there without a jump. */
export function InboxLink({ href, ...props }: Omit<ComponentProps<typeof Link>, "href"> & { href: string }) {
  const { go, keepView } = useNavigation();
  return (
    <Link
      href={keepView(href)}
      prefetch={false}
      scroll={false}
      onNavigate={(event) => {
        event.preventDefault();
        go(href);
      }}
      {...props}
    />
  );
}
