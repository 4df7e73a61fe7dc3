import type { ReactNode } from "react";

type SectionProps = { id: string; title: string; aside?: ReactNode; level: 2 | 3; children: ReactNode };

/** A part of a contact, with its heading. */
export function Section({ id, title, aside, level, children }: SectionProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section aria-labelledby={id} className="border-t border-line pt-2.5">
      <div className="mb-1.5 flex items-baseline gap-2 text-xs">
        <Heading id={id} className="font-semibold text-ink-2">
          {title}
        </Heading>
        {aside ? <span className="ml-auto text-ink-3 tabular-nums">{aside}</span> : null}
      </div>
      {children}
    </section>
  );
}
