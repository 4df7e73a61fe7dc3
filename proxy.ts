import { type NextRequest, NextResponse } from "next/server";
import { isPublicFile } from "@/lib/desk/public-files";
import { trustedTypesDirectives } from "@/lib/desk/trusted-types";
import { pathHeader } from "@/lib/staff/local-path";
import { readSessionId } from "@/lib/staff/session/token";

const development = process.env.NODE_ENV === "development";

/**
 * What a page may load: what is named here, from our own origin. Scripts only by the request's nonce; `data:` is for the
 * drawings a chart is saved from; frames and the worker are for the document preview; nobody may frame us.
 * The development server's own scripts write HTML and evaluate code, so some of it holds for a build only.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(development ? [] : trustedTypesDirectives),
  ].join("; ");
}

/** Open without a session, or closed by their own answer (401, 404) rather than by a page. All else leads to the sign-in page. */
const unredirected = /^\/(sign-in|api|documents|export|pdfjs)(\/|$)/;

/**
 * Headers for every answer, and a short way to the sign-in page. A convenience and no guard: it sees only whether there
 * is a cookie of ours, and every page, action and handler authorises for itself. All stays closed with this file deleted.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(pathHeader, pathname + search);

  const reading = request.method === "GET" || request.method === "HEAD";
  const open = isPublicFile(pathname) || unredirected.test(pathname);
  const signedOut = reading && !open && !(await readSessionId(request.cookies, request.headers));
  const response = signedOut ? redirectToSignIn(request) : NextResponse.next({ request: { headers } });
  // A document answers with a policy of its own, closer than this one.
  if (!pathname.startsWith("/documents/")) response.headers.set("content-security-policy", policy);
  // Streams say for themselves how they may be kept and sent; public files are everybody's.
  if (!isPublicFile(pathname) && !/^\/(export\/|api\/live$)/.test(pathname))
    response.headers.set("cache-control", "private, no-store");
  return response;
}

function redirectToSignIn({ nextUrl }: NextRequest): NextResponse {
  const url = nextUrl.clone();
  url.pathname = "/sign-in";
  url.search = "";
  if (nextUrl.pathname !== "/") url.searchParams.set("next", nextUrl.pathname + nextUrl.search);
  return NextResponse.redirect(url);
}

// No `missing` here: with Next's documented one, a single request header skips the proxy.
export const config = { matcher: ["/((?!_next/static/).*)"] };
