import Link from "next/link";
import type { ReactNode } from "react";

type FigureProps = { label: string; value: ReactNode; href?: string; what?: string; children: ReactNode };

/** One of four figures in a row, with its label. With `href` it links to what it counts. */
export function Figure({ label, value, href, what, children }: FigureProps) {
  return (
    <div className="min-w-0 border-line px-5 py-3.5 not-first:border-l max-lg:nth-[3]:border-l-0 max-lg:nth-[n+3]:border-t max-md:px-4">
      <dt className="font-medium text-ink-2">{label}</dt>
      <dd className="text-[26px] leading-[34px] font-semibold tracking-tight tabular-nums max-md:text-xl">
        {href ? (
          <Link href={href} prefetch={false} aria-label={what} className="hover:underline">
            {value}
          </Link>
        ) : (
          value
        )}
      </dd>
      <dd className="text-ink-3">{children}</dd>
    </div>
  );
}
