import { clsx } from "clsx";
import { Children, type ComponentProps, cloneElement, isValidElement } from "react";

type Props = Record<string, unknown>;

/** Gives its only child more props: a link that looks like a button. The child's own win; both hear what happens. */
export function Slot({ children, ...props }: ComponentProps<"button">) {
  const child = Children.only(children);
  if (!isValidElement<Props>(child)) return null;
  const className = clsx(props.className, child.props.className as string | undefined) || undefined;
  const merged: Props = { ...props, ...child.props, className };
  for (const [name, hear] of Object.entries(props)) {
    const own = child.props[name];
    if (typeof hear !== "function" || typeof own !== "function") continue;
    merged[name] = (...heard: unknown[]) => {
      own(...heard);
      hear(...heard);
    };
  }
  return cloneElement(child, merged);
}
