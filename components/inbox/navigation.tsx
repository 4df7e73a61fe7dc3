"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ComponentProps, createContext, type ReactNode, useContext, useMemo, useTransition } from "react";

type Navigation = {
  /** Whether the page that was asked for last is still on its way. */
  pending: boolean;
  /** Goes there while the old rows stay; `along` runs in the same transition. */
  go: (href: string, how?: { replace?: boolean; along?: () => void }) => void;
};

const NavigationContext = createContext<Navigation>({ pending: false, go: () => undefined });

/** Every move within the inbox is one transition: old rows stay, the scroll stays, and a thin line says it is under way. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const navigation = useMemo<Navigation>(
    () => ({
      pending,
      go: (href, { replace, along } = {}) =>
        startTransition(() => {
          along?.();
          if (replace) router.replace(href, { scroll: false });
          else router.push(href, { scroll: false });
        }),
    }),
    [pending, router],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

/** A real link to another view of the inbox; a plain click goes there without a jump. */
export function InboxLink({ href, ...props }: Omit<ComponentProps<typeof Link>, "href"> & { href: string }) {
  const { go } = useNavigation();
  return (
    <Link
      href={href}
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
