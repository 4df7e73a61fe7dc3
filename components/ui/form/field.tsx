"use client";
import { clsx } from "clsx";
import {
  type ComponentProps,
  type ReactNode,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { useTypedEarly } from "./use-typed-early";

export function Input({ className, ref, ...props }: ComponentProps<"input">) {
  return <input className={clsx("input", className)} {...props} ref={useField(ref, props.value)} />;
}

/** A multi-line field that grows with its text, up to a part of the window's height. */
export function Textarea({ className, ref, ...props }: ComponentProps<"textarea">) {
  return <textarea className={clsx("textarea", className)} {...props} ref={useField(ref, props.value)} />;
}

export function Select({ className, ref, ...props }: ComponentProps<"select">) {
  const field = useField(ref, props.value);
  // When an action resets its form, React keeps typed text but not the chosen option.
  useLayoutEffect(() => {
    if (props.value === undefined) return;
    for (const option of field.current?.options ?? []) option.defaultSelected = option.value === String(props.value);
  }, [field, props.value]);
  return <select className={clsx("select", className)} {...props} ref={field} />;
}

/** A ref for a field whose text counts even if typed before React has loaded; `ref` is the parent's. */
function useField<Node extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
  ref: Ref<Node> | undefined,
  value: unknown,
): RefObject<Node | null> {
  const field = useRef<Node>(null);
  useImperativeHandle<Node | null, Node | null>(ref, () => field.current, []);
  useTypedEarly(field, value);
  return field;
}

type FieldProps = {
  label: string;
  htmlFor: string;
  hint?: ReactNode;
  error?: string;
  children: ReactNode;
  className?: string;
};

/**
 * A label above its input, with a hint or an error below. Refer to the note by `${htmlFor}-note` in aria-describedby.
 */
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
