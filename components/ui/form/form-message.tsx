type FormMessageProps = { error?: string | null; done?: string | null };

/** The result of a form, announced when it appears: why it was refused, or that it succeeded. */
export function FormMessage({ error, done }: FormMessageProps) {
  return (
    <>
      <div role="alert" className={error ? "rounded-[7px] bg-fail-soft px-3 py-2 text-fail" : "sr-only"}>
        {error}
      </div>
      <div role="status" className={done ? "text-ink-2" : "sr-only"}>
        {done}
      </div>
    </>
  );
}
