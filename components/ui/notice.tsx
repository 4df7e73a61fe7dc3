import type { ReactNode } from "react";

type NoticeProps = { title: string; children?: ReactNode; actions?: ReactNode };

/** An empty, failed or forbidden state: what is so, and what one can do. */
export function Notice({ title, children, actions }: NoticeProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <h2 className="text-[15px]">{title}</h2>
      {children ? <div className="text-ink-2">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
