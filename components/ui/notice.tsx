import type { ReactNode } from "react";

type NoticeProps = {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** The heading's level: 1 if the notice is the whole page. */
  level?: 1 | 2;
};

/** An empty, failed or forbidden state: what happened, and what one can do. */
export function Notice({ title, children, actions, level = 2 }: NoticeProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="notice">
      <Heading>{title}</Heading>
      {children ? <div>{children}</div> : null}
      {actions ? <div className="notice-actions">{actions}</div> : null}
    </div>
  );
}
