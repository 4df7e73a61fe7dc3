import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  TextLayer,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { pdfWords } from "@/lib/documents/words";
import { fitPage } from "./pdf-fit";

// The worker is loaded from our own origin, with the other built files. A worker follows the security policy of its
// file, not the page's, and next.config.js sets one for these files. It is the legacy build, because the other one
// needs a very recent browser.
GlobalWorkerOptions.workerSrc = new URL("pdfjs-dist/legacy/build/pdf.worker.min.mjs", import.meta.url).toString();

/** Where the install script puts pdf.js' fonts, character maps and decoders, for PDFs that do not embed them. */
const assets = "/pdfjs";

/**
 * The options for reading a PDF. Nothing in it is executed: pdf.js has had no way to evaluate text since 5.7, and XML
 * forms (XFA) are off. Only pdf.js' viewer runs a file's scripts, and the desk does not include it. See
 * docs/decisions/05-pdf-js.md.
 */
export const pdfOptions = {
  enableXfa: false,
  disableAutoFetch: true,
  // In pixels. An A3 plan scanned at 600 dpi has 70 million. Larger pictures inside the file are not drawn.
  maxImageSize: 100_000_000,
  cMapUrl: `${assets}/cmaps/`,
  standardFontDataUrl: `${assets}/standard_fonts/`,
  wasmUrl: `${assets}/wasm/`,
  iccUrl: `${assets}/iccs/`,
};

/** Starts to read a PDF. */
export function openPdf(url: string): PDFDocumentLoadingTask {
  return getDocument({ ...pdfOptions, url });
}

/** Thrown for a page whose size cannot be shown. */
class PageSizeError extends Error {
  override name = "PageSizeError";
}

/** Why a PDF cannot be drawn, in words for staff. */
export function describePdfError(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return pdfWords.password;
  if (name === "InvalidPDFException") return pdfWords.damaged;
  if (name === "PageSizeError") return pdfWords.pageSize;
  return pdfWords.other;
}

type Target = { canvas: HTMLCanvasElement; text: HTMLElement /** CSS pixels. */; width: number };

/** Draws one page into a canvas at the given width, with its text on top. */
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
    // pdf.js leaves canvases for measuring letters in the document; they are hidden from eyes and screen readers.
    for (const ruler of window.document.querySelectorAll<HTMLElement>("canvas.hiddenCanvasElement"))
      ruler.hidden = true;
  };
  const cancel = () => {
    cancelled = true;
    stop();
  };
  return { done: draw(), cancel, cancelled: () => cancelled };
}
