/** An HTML page with only a document's picture, fitted, for a frame without scripts. It takes an id, and no HTML. */
function printPage(id: string): string {
  const style = "html,body{height:100%;margin:0}img{width:100%;height:100%;object-fit:scale-down}";
  const image = `<img alt="The picture" src="/documents/${encodeURIComponent(id)}?preview">`;
  return `<!doctype html><html lang="en"><title>Preview</title><style>${style}</style>${image}</html>`;
}

const policy = globalThis.trustedTypes?.createPolicy("picture-page", { createHTML: printPage });

/** The page around a picture, as a frame's `srcDoc`. In a browser with Trusted Types, it is created by our policy. */
export function picturePage(id: string): string {
  return policy?.createHTML(id) ?? printPage(id);
}
