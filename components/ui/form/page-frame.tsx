import type { ReactNode } from "react";

type PageFrameProps = { title: string; beside?: ReactNode; children: ReactNode };

/** A page of the desk other than the inbox: its title, actions beside it, and the content. */
export function PageFrame({ title, beside, children }: PageFrameProps) {
  return (
    <main className="mx-auto w-full max-w-[880px] px-4 pb-16 md:px-8">
      <div className="flex min-h-[54px] flex-wrap items-center gap-3 border-b border-line py-3">
        <h1 className="text-[15px]">{title}</h1>
        {beside ? <div className="ml-auto flex items-center gap-2">{beside}</div> : null}
      </div>
      <div>{children}</div>
    </main>
  );
}
