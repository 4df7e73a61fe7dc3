const MARGIN = 20;
const SCALE = 2;

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Downloads a text as a file. */
export function saveText(text: string, name: string, type = "text/csv"): void {
  save(new Blob([text], { type: `${type};charset=utf-8` }), name);
}

const painted = ["fill", "stroke", "stroke-width", "opacity", "fill-opacity"];

/**
 * A self-contained drawing: every colour from the page's style is written into it. Its texts are left out, because a
 * drawing that is loaded as a picture does not get the page's font.
 */
function printSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  for (const [i, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const name of painted) copies[i]?.style.setProperty(name, style.getPropertyValue(name));
  }
  for (const text of copy.querySelectorAll("text")) text.remove();
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

/** Draws an element's text at its position on the page, in the page's font. `ink` is the property with its colour. */
function drawText(context: CanvasRenderingContext2D, element: Element, origin: DOMRect, ink: "color" | "fill"): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const right = style.textAlign === "right";
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style[ink];
  context.textAlign = right ? "right" : "left";
  context.textBaseline = "middle";
  context.fillText(
    element.textContent ?? "",
    (right ? box.right : box.left) - origin.left,
    box.top - origin.top + box.height / 2,
    box.width,
  );
}

/** Draws every text, block of colour and drawing of `figure` at its position on the page. */
async function drawFigure(context: CanvasRenderingContext2D, figure: HTMLElement): Promise<void> {
  const origin = figure.getBoundingClientRect();
  for (const element of figure.querySelectorAll<HTMLElement | SVGSVGElement>("[data-paint], svg.recharts-surface")) {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left - origin.left, box.top - origin.top];
    if (element instanceof SVGSVGElement) {
      if (box.width < 20) continue;
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(printSvg(element))}`;
      await image.decode();
      context.drawImage(image, x, y, box.width, box.height);
      for (const text of element.querySelectorAll("text")) drawText(context, text, origin, "fill");
      continue;
    }
    const style = getComputedStyle(element);
    if (element.dataset.paint === "block") {
      context.fillStyle = style.backgroundColor;
      context.fillRect(x, y, box.width, box.height);
      continue;
    }
    drawText(context, element, origin, "color");
  }
}

/** Downloads a figure as a PNG at twice the page's resolution, with its title and what it counts. */
export async function savePicture(
  figure: HTMLElement,
  { title, counts, fileName }: { title: string; counts: string; fileName: string },
): Promise<void> {
  const { width, height } = figure.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const head = 44;
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (height + head + 2 * MARGIN) * SCALE;
  const context = canvas.getContext("2d");
  if (!context) return;
  const style = getComputedStyle(document.body);
  context.scale(SCALE, SCALE);
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(MARGIN, MARGIN);
  context.fillStyle = style.color;
  context.textBaseline = "middle";
  context.font = `600 15px ${style.fontFamily}`;
  context.fillText(title, 0, 8, width);
  context.font = `12px ${style.fontFamily}`;
  context.fillText(counts, 0, 28, width);
  context.translate(0, head);
  await drawFigure(context, figure);
  canvas.toBlob((blob) => blob && save(blob, `${fileName}.png`), "image/png");
}
