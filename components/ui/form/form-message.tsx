type FormMessageProps = { error?: string | null; done?: string | null };

/** What became of a form, announced when it appears: why it was not accepted, or that it was. */
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
