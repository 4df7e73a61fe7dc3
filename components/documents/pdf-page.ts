import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  TextLayer,
} from "pdfjs-dist";

// From our own origin, beside the other built files, where it has no policy of a page to obey and none to weaken.
GlobalWorkerOptions.workerSrc = new URL("pdfjs-dist/build/pdf.worker.min.mjs", import.meta.url).toString();

/** Where install puts pdf.js' fonts, character maps and decoders: files without their own need them. */
const assets = "/pdfjs";

/** Pixels of one picture: beyond it browsers draw nothing. */
const largestPicture = 16_000_000;

/** Begins to read a PDF. Nothing in it runs: no script, no form, no evaluated function. */
export function openPdf(url: string): PDFDocumentLoadingTask {
  return getDocument({
    url,
    isEvalSupported: false,
    enableXfa: false,
    disableAutoFetch: true,
    cMapUrl: `${assets}/cmaps/`,
    standardFontDataUrl: `${assets}/standard_fonts/`,
    wasmUrl: `${assets}/wasm/`,
    iccUrl: `${assets}/iccs/`,
  });
}

/** Why a PDF cannot be drawn, for staff. */
export function describePdfError(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return "The file is protected by a password. Download it to read it.";
  if (name === "InvalidPDFException") return "The file is damaged and cannot be shown. Download it to look at it.";
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
    const viewport = page.getViewport({ scale: width / natural.width });
    const sharpness = Math.min(
      window.devicePixelRatio || 1,
      Math.sqrt(largestPicture / (viewport.width * viewport.height)),
    );
    canvas.width = Math.floor(viewport.width * sharpness);
    canvas.height = Math.floor(viewport.height * sharpness);
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
