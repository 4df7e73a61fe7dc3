import { type ReactNode, Suspense, useId } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { Loaded } from "@/lib/desk/load";

type HealthSectionProps = { title: string; about?: ReactNode; children: ReactNode };

/** A section of the page, with its title and a line about it. */
export function HealthSection({ title, about, children }: HealthSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 border-b border-line px-5 py-3.5 max-md:px-4">
      <h2 id={id}>{title}</h2>
      {about ? <p className="max-w-[80ch] text-xs text-ink-3">{about}</p> : null}
      <div className="mt-2.5">{children}</div>
    </section>
  );
}

type PartProps<T> = { of: Promise<Loaded<T>>; children: (value: T) => ReactNode };

/** Shows a part once it has loaded, or why it could not be loaded. The rest of the page does not wait for it. */
export function Part<T>({ of, children }: PartProps<T>) {
  return (
    <Suspense fallback={<Skeleton className="h-16 w-full" />}>
      <Come of={of}>{children}</Come>
    </Suspense>
  );
}

async function Come<T>({ of, children }: PartProps<T>) {
  const loaded = await of;
  return loaded.ok ? children(loaded.value) : <p className="text-fail">{loaded.message}</p>;
}

/** Says that there is nothing to show, and why that is good. */
export function NothingHere({ children }: { children: ReactNode }) {
  return <p className="text-ink-2">{children}</p>;
}
