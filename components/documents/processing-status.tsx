import { processingLook } from "@/lib/documents/document";

/** How far the pipeline has come with a document: a mark whose shape and colour say it, and the word. */
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
