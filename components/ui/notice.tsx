import type { ReactNode } from "react";

type NoticeProps = {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Of the heading: 1 where the notice is the page. */
  level?: 1 | 2;
};

/** An empty, failed or forbidden state: what is so, and what one can do. */
export function Notice({ title, children, actions, level = 2 }: NoticeProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <Heading className="text-[15px]">{title}</Heading>
      {children ? <div className="text-ink-2">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
