import type { ComponentProps, ReactNode } from "react";
import { mergeClasses } from "./merge-classes";

const inputClasses =
  "h-9 w-full rounded-[7px] border border-line-strong/60 bg-panel px-3 text-sm text-ink placeholder:text-ink-3 focus-visible:border-accent aria-invalid:border-fail";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={mergeClasses(inputClasses, className)} {...props} />;
}

/** Several lines, as tall as what is typed up to a part of the window. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={mergeClasses(
        inputClasses,
        "field-sizing-content h-auto min-h-9 max-h-[40dvh] resize-none py-[7px] text-[13px] leading-5 [overflow-wrap:anywhere]",
        className,
      )}
      {...props}
    />
  );
}

export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={mergeClasses(inputClasses, "pr-8", className)} {...props} />;
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
    <div className={mergeClasses("flex flex-col gap-1.5", className)}>
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
