/** The files of public/ in the repository. Anybody may read them, so they reveal nothing of the desk but its name. */
export const publicFiles = [
  "/apple-touch-icon.png",
  "/favicon.ico",
  "/icon.svg",
  "/icons/192.png",
  "/icons/512.png",
  "/icons/maskable-512.png",
  "/manifest.webmanifest",
  "/robots.txt",
] as const;

const known = new Set<string>(publicFiles);

/** Whether a path is a static file: from the build, from pdf.js (scripts/building/pdf-assets.ts) or from public/. */
export function isPublicFile(path: string): boolean {
  return known.has(path) || path.startsWith("/_next/static/") || path.startsWith("/pdfjs/");
}
