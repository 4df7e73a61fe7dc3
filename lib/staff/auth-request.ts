import "server-only";
import { NextRequest, NextResponse } from "next/server";
import NextAuth from "next-auth";
import { describeDatabaseError } from "@/lib/database/errors";
import { readAddress } from "./address";
import { authOptions, type SignInReport } from "./auth";
import { parseLocalPath } from "./local-path";
import { logSecurityEvent } from "./security-log";
import { describeRefusedSignIn, parseSignInForm, type SignInForm } from "./sign-in-form";
import { parsePreferences } from "./stored-preferences";
import { cookieOptions, isSecure, themeCookieName, themeSeconds } from "./token";
import { accountKey } from "./tries/account-key";
import { deviceCookieOptions, listSurplusDevices, printDeviceCookie, readDevice } from "./tries/device-cookie";

/** The parts of next-auth that are open; the rest (its pages, its client log) is not found. */
const open = { GET: ["csrf", "session"], POST: ["callback/credentials", "signout"] };

/** Bytes of a form that signs in or out; longer ones are refused unread. */
const formLimit = 16_384;

/**
 * Answers a request to next-auth's endpoints. Signing in answers 200 (or 302 for a plain form), 401 wrong,
 * 403 without the CSRF token, 413 and 400 for what is no form, 429 throttled and 503 busy, both with Retry-After.
 */
export async function answerAuthRequest(request: NextRequest, segments: string[]): Promise<Response> {
  const route = segments.join("/");
  const method = request.method === "POST" ? "POST" : "GET";
  if (!open[method].includes(route)) return answer(404, "not_found", "There is nothing here.");

  const report: SignInReport = {};
  const form = method === "POST" ? await readForm(request) : {};
  if (form instanceof Response) return form;

  const response = await callNextAuth(request, segments, form, report);
  if (response.status >= 500) return answer(400, "invalid", "That request cannot be answered.");
  return route === "callback/credentials" ? answerSignIn(request, response, form, report) : response;
}

async function callNextAuth(request: NextRequest, nextauth: string[], form: SignInForm, report: SignInReport) {
  const secure = isSecure(request.headers);
  const origin = {
    address: readAddress(request.headers),
    userAgent: request.headers.get("user-agent"),
    device: form.email ? await readDevice(request.cookies, accountKey(form.email), secure) : null,
  };
  const options = authOptions({ secure, origin, report });
  // Of the body and the query only what is known goes on, and where to go afterwards only as a path of ours.
  const body = new URLSearchParams({ ...form, callbackUrl: parseLocalPath(form.callbackUrl) ?? "/" });
  const clean = new NextRequest(request.nextUrl.origin + request.nextUrl.pathname, {
    method: request.method,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: request.method === "POST" ? body : null,
  });
  return (await NextAuth(clean, { params: Promise.resolve({ nextauth }) }, options)) as Response;
}

async function answerSignIn(
  request: NextRequest,
  response: Response,
  form: SignInForm,
  { result, error }: SignInReport,
): Promise<Response> {
  if (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answer(503, "busy", message, 2);
  }
  if (!result) {
    logSecurityEvent({ event: "sign_in_forged" });
    return answer(403, "expired", "The sign-in page has expired. Reload it and try again.");
  }
  if (result.ok) return rememberBrowser(request, response, result);
  if (result.code === "wrong") {
    const message = "That e-mail and password do not match.";
    if (form.json) return answer(401, "wrong", message);
    return new NextResponse(null, { status: 303, headers: { location: "/sign-in?error=wrong" } });
  }
  const { status, code, message, retryAfter } = describeRefusedSignIn(result);
  return answer(status, code, message, retryAfter);
}

/** The person's theme goes with them to a new browser, and the browser is one of theirs from now on. */
async function rememberBrowser(
  request: NextRequest,
  response: Response,
  { preferences, account, device }: Extract<SignInReport["result"], { ok: true }>,
): Promise<Response> {
  const secure = isSecure(request.headers);
  const signedIn = new NextResponse(response.body, response);
  // The person's theme goes with them to a new browser.
  const { theme } = parsePreferences(preferences);
  signedIn.cookies.set(themeCookieName(secure), theme, cookieOptions(secure, themeSeconds));
  const cookie = await printDeviceCookie(account, device, secure);
  signedIn.cookies.set(cookie);
  const names = request.cookies.getAll().map(({ name }) => name);
  for (const name of listSurplusDevices(names, cookie.name)) {
    signedIn.cookies.set(name, "", deviceCookieOptions(secure, 0));
  }
  return signedIn;
}

function answer(status: number, code: string, message: string, retryAfter?: number): Response {
  const headers = { "cache-control": "no-store", ...(retryAfter ? { "retry-after": String(retryAfter) } : {}) };
  return NextResponse.json({ code, message }, { status, headers });
}

async function readForm(request: NextRequest): Promise<SignInForm | Response> {
  const tooLarge = () => answer(413, "too_large", "That is too much text for a sign-in.");
  if (Number(request.headers.get("content-length") ?? 0) > formLimit) return tooLarge();
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > formLimit) return tooLarge();
  }
  const form = parseSignInForm(text, request.headers.get("content-type") ?? "");
  return form ?? answer(400, "invalid", "That is not a sign-in form.");
}
