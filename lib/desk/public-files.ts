/** The files of public/ that are in the repository. Anybody may read them, so they tell nothing of the desk but its name. */
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

/** Whether a path is a file that is served as it is: one of the build, of pdf.js (scripts/pdf-assets.ts), or of public/. */
export function isPublicFile(path: string): boolean {
  return known.has(path) || path.startsWith("/_next/static/") || path.startsWith("/pdfjs/");
}
