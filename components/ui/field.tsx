import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={clsx("input", className)} {...props} />;
}

/** Several lines, as tall as what is typed up to a part of the window. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={clsx("textarea", className)} {...props} />;
}

export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={clsx("select", className)} {...props} />;
}

type FieldProps = {
  label: string;
  htmlFor: string;
  hint?: ReactNode;
  error?: string;
  children: ReactNode;
  className?: string;
};

/** A label over its input, with a hint or an error below. Describe the input by `${htmlFor}-note`. */
export function Field({ label, htmlFor, hint, error, children, className }: FieldProps) {
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={htmlFor} className="font-medium text-ink-2">
        {label}
      </label>
      {children}
      {error || hint ? (
        <p id={`${htmlFor}-note`} className={error ? "text-fail" : "text-ink-3"} role={error ? "alert" : undefined}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}
