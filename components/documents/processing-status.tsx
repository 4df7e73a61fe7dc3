import { processingLook } from "@/lib/documents/document";

/** A document's processing status: its name, and a mark with its shape and colour. */
export function ProcessingStatus({ status }: { status: string | null }) {
  const { label, colour, shape } = processingLook(status);
  const background = { dot: colour, half: `conic-gradient(${colour} 50%, transparent 0)`, ring: "transparent" }[shape];
  return (
    <span className="flex max-w-28 items-center gap-1.5 text-xs font-medium text-ink">
      <span
        aria-hidden="true"
        className="size-2 shrink-0 rounded-full"
        style={{ background, boxShadow: shape === "dot" ? undefined : `inset 0 0 0 1.7px ${colour}` }}
      />
      <span className="truncate">{label}</span>
    </span>
  );
}
