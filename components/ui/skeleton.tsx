import { clsx } from "clsx";

/** A placeholder for something that is loading, on the first load only. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx("skeleton", className)} />;
}
