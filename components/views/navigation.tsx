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
  /** Whether the page that was asked for last is still on its way. */
  pending: boolean;
  /**
   * Goes there while the old rows stay; `along` runs in the same transition. The view that the list started from and the
   * columns it shows are kept in the address, unless the address names any or is `bare`.
   */
  go: (href: string, how?: { replace?: boolean; along?: () => void; bare?: boolean }) => void;
  /** An address with the view that the list started from, and the columns it shows. */
  keepView: (href: string) => string;
  /** The columns in the address, at once those that are on their way there; null for the viewer's own. */
  columns: string | null;
  /** Puts other columns into the address in place of these. */
  showColumns: (columns: string | null) => void;
  /** Loads the page that is shown anew: the list, its counts and facets, and the frame around it. */
  refresh: () => void;
};

const NavigationContext = createContext<Navigation>({
  pending: false,
  go: () => undefined,
  keepView: (href) => href,
  columns: null,
  showColumns: () => undefined,
  refresh: () => undefined,
});

/** Every move within the inbox is one transition: old rows stay, the scroll stays, and a thin line says it is under way. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const params = useSearchParams();
  const addressed = readBeside(params);
  const [columns, setColumns] = useOptimistic(addressed.columns);
  const { view } = addressed;
  const [pending, startTransition] = useTransition();
  const navigation = useMemo<Navigation>(() => {
    const keepView = (href: string) => withBeside(href, { view, columns });
    const go: Navigation["go"] = (href, { replace, along, bare } = {}) => {
      // Without a network the router would leave for the browser's own error page; the list says that there is none.
      if (!navigator.onLine) return;
      startTransition(() => {
        along?.();
        const kept = bare ? href : keepView(href);
        if (replace) router.replace(kept, { scroll: false });
        else router.push(kept, { scroll: false });
      });
    };
    return {
      ...{ pending, go, keepView, columns },
      showColumns: (next) =>
        go(withColumns(params, next), { replace: true, bare: true, along: () => setColumns(next) }),
      refresh: () => startTransition(() => router.refresh()),
    };
  }, [pending, router, view, columns, params, setColumns]);
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

type InboxLinkProps = Omit<ComponentProps<"a">, "href"> & { href: string };

/**
 * A real link to another view of the inbox; a plain click goes there without a jump. An anchor: Next's Link would only be told
 * to leave the click to `go` and to load nothing ahead.
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

/** Whether a click on a link asks the browser for something of its own: another tab or window, or the file. */
export function isForBrowser({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}
