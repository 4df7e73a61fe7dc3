import { mergeClasses } from "./merge-classes";

/** A place where something is still being loaded, on a first load only. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={mergeClasses("block animate-pulse rounded bg-line", className)} />;
}
