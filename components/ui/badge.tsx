import { clsx } from "clsx";
import type { ComponentProps } from "react";

type BadgeProps = ComponentProps<"span"> & { tone?: "neutral" | "fail" | "warn" | "accent" };

const tones = {
  neutral: "",
  fail: "border-fail text-fail",
  warn: "border-warn text-warn",
  accent: "border-transparent bg-accent-soft text-accent-ink",
};

/** A small label, for a file type, something in the insights, or what is unusual. */
export function Badge({ tone = "neutral", className, ...props }: BadgeProps) {
  return <span className={clsx("badge", tones[tone], className)} {...props} />;
}
