import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  TextLayer,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { fitPage } from "./pdf-fit";

// From our own origin, beside the other built files: a worker obeys the policy of its file, not the page's, and next.config.js
// gives those one. The legacy build, because the other one wants a browser of this year.
GlobalWorkerOptions.workerSrc = new URL("pdfjs-dist/legacy/build/pdf.worker.min.mjs", import.meta.url).toString();

/** Where install puts pdf.js' fonts, character maps and decoders: files without their own need them. */
const assets = "/pdfjs";

/**
 * How a PDF is read. Nothing in it runs: pdf.js has no way to evaluate text since 5.7, forms in XML (XFA) are off, and its
 * viewer, which alone runs a file's scripts, is nowhere in the desk. See docs/decisions/05-pdf-js.md.
 */
export const pdfOptions = {
  enableXfa: false,
  disableAutoFetch: true,
  // Pixels of a picture within the file: a plan of A3 scanned at 600 dots an inch has 70 million. Larger ones are left out.
  maxImageSize: 100_000_000,
  cMapUrl: `${assets}/cmaps/`,
  standardFontDataUrl: `${assets}/standard_fonts/`,
  wasmUrl: `${assets}/wasm/`,
  iccUrl: `${assets}/iccs/`,
};

/** Begins to read a PDF. */
export function openPdf(url: string): PDFDocumentLoadingTask {
  return getDocument({ ...pdfOptions, url });
}

/** A page that has no size at which it could be seen. */
class PageSizeError extends Error {
  override name = "PageSizeError";
}

/** Why a PDF cannot be drawn, for staff. */
export function describePdfError(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return "The file is protected by a password. Download it to read it.";
  if (name === "InvalidPDFException") return "The file is damaged and cannot be shown. Download it to look at it.";
  if (name === "PageSizeError")
    return "This page is too long, wide or small to be shown here. Download the file to read it.";
  return "The file cannot be shown here. Download it to read it.";
}

type Target = { canvas: HTMLCanvasElement; text: HTMLElement /** CSS pixels. */; width: number };

/** Draws one page into a canvas, as wide as asked, and lays its text over it. */
export function drawPage(document: PDFDocumentProxy, number: number, { canvas, text, width }: Target) {
  let stop = () => {};
  let cancelled = false;
  const draw = async () => {
    const page = await document.getPage(number);
    if (cancelled) return;
    const natural = page.getViewport({ scale: 1 });
    const fit = fitPage(natural, width, window.devicePixelRatio || 1);
    if (!fit) throw new PageSizeError();
    const { sharpness } = fit;
    const viewport = page.getViewport({ scale: fit.scale });
    canvas.width = fit.picture.width;
    canvas.height = fit.picture.height;
    text.replaceChildren();
    text.style.setProperty("--total-scale-factor", String(viewport.scale));
    const picture = page.render({ canvas, viewport, transform: [sharpness, 0, 0, sharpness, 0, 0] });
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
    stop = () => {
      picture.cancel();
      layer.cancel();
    };
    await Promise.all([picture.promise, layer.render()]);
    // What pdf.js measures letters with, left at the end of the page: nothing to see or to read.
    for (const ruler of window.document.querySelectorAll<HTMLElement>("canvas.hiddenCanvasElement"))
      ruler.hidden = true;
  };
  const cancel = () => {
    cancelled = true;
    stop();
  };
  return { done: draw(), cancel, cancelled: () => cancelled };
}
