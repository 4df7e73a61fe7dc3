import { clsx } from "clsx";

/** A place where something is still being loaded, on a first load only. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx("skeleton", className)} />;
}
