/** A page with nothing but a document's picture, fitted, for a frame without scripts. Takes no HTML: only a document's id. */
function printPage(id: string): string {
  const style = "html,body{height:100%;margin:0}img{width:100%;height:100%;object-fit:scale-down}";
  const image = `<img alt="The picture" src="/documents/${encodeURIComponent(id)}?preview">`;
  return `<!doctype html><html lang="en"><title>Preview</title><style>${style}</style>${image}</html>`;
}

const policy = globalThis.trustedTypes?.createPolicy("picture-page", { createHTML: printPage });

/** The page around a picture, as a frame's `srcDoc`; where the browser has Trusted Types, one that it takes. */
export function picturePage(id: string): string {
  return policy?.createHTML(id) ?? printPage(id);
}
