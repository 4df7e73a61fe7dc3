import { clsx } from "clsx";
import { processingLook } from "@/lib/documents/document";

type ProcessingStatusProps = {
  status: string | null;
  /** Whether the usual one is only a mark where its container is narrow. */
  brief?: boolean;
};

/** A document's processing status: its name, and a mark with its shape and colour. */
export function ProcessingStatus({ status, brief = false }: ProcessingStatusProps) {
  const { label, colour, shape } = processingLook(status);
  const background = { dot: colour, half: `conic-gradient(${colour} 50%, transparent 0)`, ring: "transparent" }[shape];
  return (
    <span title={label} className="flex max-w-28 items-center gap-1.5 text-xs font-medium text-ink">
      <span
        aria-hidden="true"
        className="size-2 shrink-0 rounded-full"
        style={{ background, boxShadow: shape === "dot" ? undefined : `inset 0 0 0 1.7px ${colour}` }}
      />
      <span className={clsx("truncate", brief && status === "completed" && "@max-md:sr-only")}>{label}</span>
    </span>
  );
}
