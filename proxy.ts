import { type NextRequest, NextResponse } from "next/server";
import { nonceHeader } from "@/lib/desk/nonce";
import { isPublicFile } from "@/lib/desk/public-files";
import { trustedTypesDirectives } from "@/lib/desk/trusted-types";
import { pathHeader } from "@/lib/staff/local-path";
import { readSessionId } from "@/lib/staff/session/token";

const development = process.env.NODE_ENV === "development";

/**
 * The content security policy: a page may load what is named here, from our own origin. Scripts run only with the
 * request's nonce. `data:` is for the drawings from which a chart is saved; frames and the worker are for the document
 * preview. Nobody may frame us. The development server's own scripts write HTML and evaluate code, so some of it holds
 * only for a build.
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

/**
 * Pages and handlers that are open without a session, or answer 401 by themselves. All other addresses lead to the
 * sign-in page, unknown ones too: what says that there is no such page stands in the desk's frame, whose code is not for
 * strangers.
 */
const unredirected =
  /^\/(sign-in|api\/(auth\/.+|find|health(\/ready)?|live|metrics|no-file)|documents\/[^/]+|export\/(contacts|person))$/;

/**
 * Sets the headers of every answer, and sends the signed-out to the sign-in page. That is a convenience and no guard:
 * it only sees whether there is a cookie of ours. Every page, action and handler authorises for itself, so all stays
 * closed with this file deleted.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(nonceHeader, nonce);
  headers.set(pathHeader, pathname + search);

  const reading = request.method === "GET" || request.method === "HEAD";
  const open = isPublicFile(pathname) || unredirected.test(pathname);
  const signedOut = reading && !open && !(await readSessionId(request.cookies, request.headers));
  const response = signedOut ? redirectToSignIn(request) : NextResponse.next({ request: { headers } });
  // Documents set their own, stricter policy.
  if (!pathname.startsWith("/documents/")) response.headers.set("content-security-policy", policy);
  // Streams set their own caching, and public files are for everybody.
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

// No `missing` here: with the one that Next documents, a single request header skips the proxy.
export const config = { matcher: ["/((?!_next/static/).*)"] };
