import { clsx } from "clsx";

/** Text of the database's own: a statement, or a plan, which is `tall`. A long one scrolls within. */
export function CodeBlock({ label, tall = false, children }: { label: string; tall?: boolean; children: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className={clsx(
        "basis-full overflow-auto rounded-md border border-line bg-panel",
        tall ? "max-h-80" : "max-h-36",
      )}
    >
      <pre className="w-max min-w-full p-2.5 text-xs leading-[18px]">{children}</pre>
    </section>
  );
}
