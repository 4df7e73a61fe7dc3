import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { Slot } from "./slot";

const looks = {
  plain: "button-plain",
  primary: "button-primary",
  quiet: "button-quiet",
  danger: "button-danger",
};
const sizes = { normal: "button-normal", small: "button-small", large: "button-large", icon: "button-icon" };

type ButtonProps = ComponentProps<"button"> & {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  asChild?: boolean;
};

/** A button, or with `asChild` a link that looks like one. */
export function Button({
  look = "plain",
  size = "normal",
  asChild,
  className,
  type = "button",
  ...props
}: ButtonProps) {
  const classes = clsx("button", looks[look], sizes[size], className);
  return asChild ? <Slot className={classes} {...props} /> : <button type={type} className={classes} {...props} />;
}
