"use client";
import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { documentWords } from "@/lib/documents/words";
import { describePdfError, drawPage, openPdf } from "./pdf-page";
import styles from "./pdf-viewer.module.css";
import { useZoom, ZoomBar } from "./zoom-bar";

/**
 * A PDF that we draw page by page. The browser's own viewer does not run in a sandboxed frame, and without a sandbox it
 * could do more than show the file. Nothing in the file is executed.
 */
export function PdfViewer({ id }: { id: string }) {
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [number, setNumber] = useState(1);
  const { zoom, steps } = useZoom();

  useEffect(() => {
    const opening = openPdf(`/documents/${id}?preview`);
    opening.promise.then(setDocument, (error: unknown) => {
      if (!opening.destroyed) setProblem(describePdfError(error));
    });
    return () => {
      void opening.destroy();
    };
  }, [id]);

  if (problem) return <Problem words={problem} className="ml-[42px]" />;
  if (!document) return <Skeleton className="h-[60vh]" />;
  return (
    <div className="rounded-md border border-line bg-sunk">
      <ZoomBar zoom={zoom} steps={steps}>
        <Button
          look="quiet"
          size="icon"
          aria-label={documentWords.previousPage}
          disabled={number <= 1}
          onClick={() => setNumber(number - 1)}
        >
          <ChevronLeft size={15} aria-hidden="true" />
        </Button>
        <Button
          look="quiet"
          size="icon"
          aria-label={documentWords.nextPage}
          disabled={number >= document.numPages}
          onClick={() => setNumber(number + 1)}
        >
          <ChevronRight size={15} aria-hidden="true" />
        </Button>
        <p aria-live="polite" className="px-1 text-xs text-ink-2 tabular-nums">
          {documentWords.page(number, document.numPages)}
        </p>
      </ZoomBar>
      <PdfPage document={document} number={number} zoom={zoom} />
    </div>
  );
}

function Problem({ words, className }: { words: string; className: string }) {
  return (
    <p role="alert" className={clsx("text-xs text-ink-2", className)}>
      {words}
    </p>
  );
}

/**
 * One page as a picture, with its text on top to select, to search and for screen readers. If a page cannot be drawn it
 * says so, and the other pages still work.
 */
function PdfPage({ document, number, zoom }: { document: PDFDocumentProxy; number: number; zoom: number }) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [fitting, setFitting] = useState(0);
  const [problem, setProblem] = useState<{ number: number; width: number; words: string } | null>(null);

  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([entry]) => setFitting(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  const width = Math.floor(fitting * zoom);
  useEffect(() => {
    if (width === 0 || !canvas.current || !text.current) return;
    const drawing = drawPage(document, number, { canvas: canvas.current, text: text.current, width });
    drawing.done.catch((error: unknown) => {
      if (!drawing.cancelled()) setProblem({ number, width, words: describePdfError(error) });
    });
    return drawing.cancel;
  }, [document, number, width]);

  return (
    <div ref={frame} className={styles.place}>
      {problem?.number === number && problem.width === width ? (
        <Problem words={problem.words} className="p-3" />
      ) : (
        <div tabIndex={zoom > 1 ? 0 : undefined} className={clsx(styles.frame, zoom > 1 && styles.enlarged)}>
          <div className={styles.page} style={{ width: fitting === 0 ? "100%" : width }}>
            <canvas ref={canvas} className={styles.picture} />
            <div ref={text} className={styles.text} />
          </div>
        </div>
      )}
    </div>
  );
}
