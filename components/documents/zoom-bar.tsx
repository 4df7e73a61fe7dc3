"use client";
import { Minus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useCommands } from "@/components/keys/obeyed";
import { Button } from "@/components/ui/button";
import { documentWords } from "@/lib/documents/words";
import { zoomIn, zoomOut } from "./zoom";

/** The size in which a preview is shown, 1 where it fits; changed by the bar's buttons and by keys. */
export function useZoom() {
  const [zoom, setZoom] = useState(1);
  const larger = zoomIn(zoom);
  const smaller = zoomOut(zoom);
  const steps = {
    in: larger === zoom ? null : () => setZoom(larger),
    out: smaller === zoom ? null : () => setZoom(smaller),
    fit: zoom === 1 ? null : () => setZoom(1),
  };
  useCommands("contact", {
    "zoom in": () => steps.in,
    "zoom out": () => steps.out,
    "zoom to fit": () => steps.fit,
  });
  return { zoom, steps };
}

type ZoomBarProps = Pick<ReturnType<typeof useZoom>, "zoom" | "steps"> & {
  /** More about the file, before the buttons. */
  children?: ReactNode;
};

/** The bar above a preview: its size, and the buttons that change it. */
export function ZoomBar({ zoom, steps, children }: ZoomBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-1 border-b border-line p-1">
      {children}
      <div className="ml-auto flex items-center gap-1">
        <Button
          look="quiet"
          size="icon"
          aria-label={documentWords.zoomOut}
          aria-disabled={steps.out === null}
          onClick={() => steps.out?.()}
        >
          <Minus size={15} aria-hidden="true" />
        </Button>
        <p aria-live="polite" className="min-w-11 text-center text-xs text-ink-2 tabular-nums">
          {documentWords.zoomed(zoom * 100)}
        </p>
        <Button
          look="quiet"
          size="icon"
          aria-label={documentWords.zoomIn}
          aria-disabled={steps.in === null}
          onClick={() => steps.in?.()}
        >
          <Plus size={15} aria-hidden="true" />
        </Button>
        <Button look="quiet" size="small" aria-disabled={steps.fit === null} onClick={() => steps.fit?.()}>
          {documentWords.zoomFit}
        </Button>
      </div>
    </div>
  );
}
