import type { ReactNode } from "react";

type SectionProps = {
  title: string;
  /** What an address that leads here ends in (components/settings/sections.ts). */
  id?: string;
  description?: ReactNode;
  children: ReactNode;
};

/** A part of a settings page: the description on the left and the controls on the right; stacked on a narrow screen. */
export function Section({ title, id, description, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-label={title}
      className="grid gap-x-10 gap-y-4 border-t border-line py-6 first:border-t-0 lg:grid-cols-[220px_minmax(0,1fr)]"
    >
      <div>
        <h2 className="text-[13px]">{title}</h2>
        {description ? <p className="mt-1 text-ink-3">{description}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
