import { type ClassValue, clsx } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins Tailwind classes; of two that contradict each other the later wins. */
export function mergeClasses(...classes: ClassValue[]): string {
  return twMerge(clsx(classes));
}
