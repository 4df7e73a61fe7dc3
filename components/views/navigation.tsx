"use client";
import { useRouter, useSearchParams } from "next/navigation";
import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
  useMemo,
  useOptimistic,
  useTransition,
} from "react";
import { readBeside, withBeside, withColumns } from "@/lib/filter/url";

type Navigation = {
  /**
   * Navigates while the old rows stay; `along` runs in the same transition. The current view and columns are kept in
   * the address, unless `href` names its own or `bare` is set.
   */
  go: (href: string, how?: { replace?: boolean; along?: () => void; bare?: boolean }) => void;
  /** An address with the current view and columns added. */
  keepView: (href: string) => string;
  /** The columns in the address, including a change that is still loading; null for the person's own. */
  columns: string | null;
  /** Replaces the columns in the address. */
  showColumns: (columns: string | null) => void;
  /** Reloads the page: the list, its counts and facets, and the frame around it. */
  refresh: () => void;
};

const NavigationContext = createContext<Navigation>({
  go: () => undefined,
  keepView: (href) => href,
  columns: null,
  showColumns: () => undefined,
  refresh: () => undefined,
});

type NavigationProviderProps = {
  /**
   * Renders the page; `pending` says whether the last requested one is still loading. That is not in the context,
   * because a context that changes while parts of the page still wait for their code would take them from the page.
   */
  children: (pending: boolean) => ReactNode;
};

/** Makes every navigation in the inbox a transition: old rows and scroll position stay, and a line shows progress. */
export function NavigationProvider({ children }: NavigationProviderProps) {
  const router = useRouter();
  const params = useSearchParams();
  const addressed = readBeside(params);
  const [columns, setColumns] = useOptimistic(addressed.columns);
  const { view } = addressed;
  const [pending, startTransition] = useTransition();
  const navigation = useMemo<Navigation>(() => {
    const keepView = (href: string) => withBeside(href, { view, columns });
    const go: Navigation["go"] = (href, { replace, along, bare } = {}) => {
      // Without a network the router would load the browser's error page. The list itself says that it is offline.
      if (!navigator.onLine) return;
      startTransition(() => {
        along?.();
        const kept = bare ? href : keepView(href);
        if (replace) router.replace(kept, { scroll: false });
        else router.push(kept, { scroll: false });
      });
    };
    return {
      ...{ go, keepView, columns },
      showColumns: (next) =>
        go(withColumns(params, next), { replace: true, bare: true, along: () => setColumns(next) }),
      refresh: () => startTransition(() => router.refresh()),
    };
  }, [router, view, columns, params, setColumns]);
  return <NavigationContext value={navigation}>{children(pending)}</NavigationContext>;
}

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

type InboxLinkProps = Omit<ComponentProps<"a">, "href"> & { href: string };

/**
 * A real link within the inbox; a plain click navigates without scrolling to the top. It is a plain anchor: Next's Link
 * would need its click handling and prefetching switched off.
 */
export function InboxLink({ href, onClick, ...props }: InboxLinkProps) {
  const { go, keepView } = useNavigation();
  return (
    <a
      href={keepView(href)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || isForBrowser(event)) return;
        event.preventDefault();
        go(href);
      }}
      {...props}
    />
  );
}

/** Whether a click asks the browser for something else: another tab or window, or a download. */
export function isForBrowser({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}
