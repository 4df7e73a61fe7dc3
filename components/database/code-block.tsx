import { clsx } from "clsx";

/** A statement or a plan, as the database prints it; a plan is `tall`. Long text scrolls inside. */
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
