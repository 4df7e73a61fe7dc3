/** A thin line at the top while something loads; the old rows stay. */
export function ProgressLine({ shown }: { shown: boolean }) {
  return (
    <div aria-hidden="true" className="absolute inset-x-0 top-0 z-30 h-0.5 overflow-hidden">
      {shown ? <div className="h-full w-full origin-left animate-pulse bg-accent" /> : null}
    </div>
  );
}
