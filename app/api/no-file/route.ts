/**
 * What is said of a file of the build, or of pdf.js, that is not there (next.config.js). Without it the page for unknown
 * addresses would answer, whose frame names code that is not for strangers.
 */
export function GET(): Response {
  return new Response("There is no such file.\n", {
    status: 404,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
