import "server-only";
import { NextRequest, NextResponse } from "next/server";
import NextAuth from "next-auth";
import { describeDatabaseError } from "@/lib/database/errors";
import { readAddress } from "./address";
import { authOptions, type SignInReport, withReport } from "./auth";
import { forgetStepCookie, printStepCookie, readStep, type SecondStep } from "./factor/step-cookie";
import { parseLocalPath } from "./local-path";
import { answerBegin, answerEnd, inTurn, providerRoutes, readProviderAnswer } from "./provider/answer";
import type { PendingIdentity } from "./provider/identities";
import { forgetPendingIdentity, readPendingIdentity } from "./provider/pending-identity-cookie";
import { getProvider, type ProviderSettings } from "./provider/settings";
import { logSecurityEvent } from "./security-log";
import { cookieOptions, isSecure, themeCookieName, themeSeconds } from "./session/token";
import { describeRefusedSignIn, parseSignInForm, type SignInForm } from "./sign-in-form";
import { parsePreferences } from "./stored-preferences";
import { accountKey } from "./tries/account-key";
import { deviceCookieOptions, listSurplusDevices, printDeviceCookie, readDevice } from "./tries/device-cookie";
import { signInProblems } from "./words";

/** The endpoints of next-auth that are open. The rest (its pages, its client log) answer 404. */
const open = { GET: ["csrf", "session"], POST: ["callback/credentials", "signout"] };
const openWithProvider = { GET: [...open.GET, providerRoutes.end], POST: [...open.POST, providerRoutes.begin] };

/** The largest sign-in or sign-out form, in bytes. A larger one is refused unread. */
const formLimit = 16_384;

/**
 * Answers a request to next-auth's endpoints. A sign-in answers 200 (302 for a plain form), 401 if it is wrong, and 403
 * without the CSRF token. A body that is too large gets 413, and one that is not a form 400. A throttled attempt gets
 * 429 and a busy desk 503, both with Retry-After.
 */
export async function answerAuthRequest(request: NextRequest, segments: string[]): Promise<Response> {
  const route = segments.join("/");
  const method = request.method === "POST" ? "POST" : "GET";
  const provider = getProvider();
  if (!(provider ? openWithProvider : open)[method].includes(route)) {
    return answer(404, "not_found", "There is nothing here.");
  }

  const form = method === "POST" ? await readForm(request) : {};
  if (form instanceof Response) return form;
  const secure = isSecure(request.headers);
  const pending = form.confirmsIdentity ? await readPendingIdentity(request.cookies, secure) : null;
  const step = form.code === undefined ? null : await readStep(request.cookies, secure);
  const call: Call = { request, segments, form, provider, pending, step, report: {} };
  const address = readAddress(request.headers);
  if (provider && route === providerRoutes.begin) {
    const choosing = new URLSearchParams(form.choose ? { prompt: "select_account" } : {});
    return answerBegin(await inTurn(address, () => callNextAuth(call, choosing)), call.report, provider);
  }
  if (provider && route === providerRoutes.end) {
    const query = await readProviderAnswer(request);
    const response = query && (await inTurn(address, () => callNextAuth(call, query)));
    const { report } = call;
    const answered = await answerEnd(request, query, response, report);
    if (report.provider?.ok) setTheme(request, answered, report.provider.preferences);
    return answered;
  }
  const refused = route === "callback/credentials" ? refusePassword(call) : null;
  if (refused) return refused;
  const response = await callNextAuth(call);
  if (response.status >= 500) return answer(400, "invalid", "That request cannot be answered.");
  return route === "callback/credentials" ? answerSignIn(request, response, form, call.report) : response;
}

/**
 * Refuses some forms before any check: a password where passwords are off, and a confirmation of an identity that this
 * browser does not hold. So is a code from a browser that has not given the right password lately.
 */
function refusePassword({ form, provider, pending, step }: Call): Response | null {
  const isOf = (email: string | undefined) => email !== undefined && accountKey(email) === accountKey(form.email ?? "");
  if (form.confirmsIdentity && !isOf(pending?.email)) {
    return answer(403, "expired", signInProblems.companyTimeout);
  }
  if (form.code !== undefined && !isOf(step?.email)) {
    return answer(403, "expired", signInProblems.timeout);
  }
  if (!provider?.only || pending) return null;
  logSecurityEvent({ event: "sign_in_refused", reason: "passwords are off" });
  return answer(403, "passwords_off", signInProblems.noPasswords(provider.name));
}

type Call = {
  request: NextRequest;
  segments: string[];
  form: SignInForm;
  provider: ProviderSettings | null;
  pending: PendingIdentity | null;
  step: SecondStep | null;
  report: SignInReport;
};

async function callNextAuth(
  { request, segments: nextauth, form, provider, pending, step, report }: Call,
  query = new URLSearchParams(),
): Promise<Response> {
  const secure = isSecure(request.headers);
  const origin = {
    address: readAddress(request.headers),
    userAgent: request.headers.get("user-agent"),
    device: form.email ? await readDevice(request.cookies, accountKey(form.email), secure) : null,
    pending,
  };
  const options = authOptions({ secure, origin, provider, step, report });
  // Only known fields of the body and the query are passed on. The address to return to must be a local path.
  const body = new URLSearchParams({ ...form, callbackUrl: parseLocalPath(form.callbackUrl) ?? "/" });
  const clean = new NextRequest(`${request.nextUrl.origin}${request.nextUrl.pathname}?${query}`, {
    method: request.method,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: request.method === "POST" ? body : null,
  });
  const context = { params: Promise.resolve({ nextauth }) };
  return withReport(report, async () => (await NextAuth(clean, context, options)) as Response);
}

async function answerSignIn(
  request: NextRequest,
  response: Response,
  form: SignInForm,
  { result, error }: SignInReport,
): Promise<Response> {
  if (error) {
    const { code, message, retryAfter } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return answer(503, "busy", message, retryAfter);
  }
  if (!result) {
    logSecurityEvent({ event: "sign_in_forged" });
    return answer(403, "expired", signInProblems.expired);
  }
  if (result.ok) return rememberBrowser(request, response, result);
  if (result.code === "second step") return askForCode(request, result.step);
  if (result.code === "wrong") {
    const message = form.code === undefined ? signInProblems.wrong : signInProblems.wrongCode;
    if (form.json) return answer(401, "wrong", message);
    return new NextResponse(null, { status: 303, headers: { location: "/sign-in?error=wrong" } });
  }
  const { status, code, message, retryAfter } = describeRefusedSignIn(result);
  return answer(status, code, message, retryAfter);
}

/** The password was right, so this browser may now give the code. */
async function askForCode(request: NextRequest, step: SecondStep): Promise<Response> {
  const asked = NextResponse.json({ code: "second_step" }, { headers: { "cache-control": "no-store" } });
  asked.cookies.set(await printStepCookie(step, isSecure(request.headers)));
  return asked;
}

/** Remembers the browser as one of the person's own, and brings their theme to it. */
async function rememberBrowser(
  request: NextRequest,
  response: Response,
  { preferences, account, device }: Extract<SignInReport["result"], { ok: true }>,
): Promise<Response> {
  const secure = isSecure(request.headers);
  const signedIn = new NextResponse(response.body, response);
  setTheme(request, signedIn, preferences);
  signedIn.cookies.set(forgetPendingIdentity(secure));
  signedIn.cookies.set(forgetStepCookie(secure));
  const cookie = await printDeviceCookie(account, device, secure);
  signedIn.cookies.set(cookie);
  const names = request.cookies.getAll().map(({ name }) => name);
  for (const name of listSurplusDevices(names, cookie.name)) {
    signedIn.cookies.set(name, "", deviceCookieOptions(secure, 0));
  }
  return signedIn;
}

/** Sets the person's theme, so that a new browser has it too. */
function setTheme(request: NextRequest, response: NextResponse, preferences: unknown): void {
  const secure = isSecure(request.headers);
  const { theme } = parsePreferences(preferences);
  response.cookies.set(themeCookieName(secure), theme, cookieOptions(secure, themeSeconds));
}

function answer(status: number, code: string, message: string, retryAfter?: number): Response {
  const headers = { "cache-control": "no-store", ...(retryAfter ? { "retry-after": String(retryAfter) } : {}) };
  return NextResponse.json({ code, message }, { status, headers });
}

async function readForm(request: NextRequest): Promise<SignInForm | Response> {
  const tooLarge = () => answer(413, "too_large", signInProblems.tooLong);
  if (Number(request.headers.get("content-length") ?? 0) > formLimit) return tooLarge();
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > formLimit) return tooLarge();
  }
  const form = parseSignInForm(text, request.headers.get("content-type") ?? "");
  return form ?? answer(400, "invalid", signInProblems.notASignIn);
}
