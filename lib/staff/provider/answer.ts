import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import { decode } from "next-auth/jwt";
import { describeDatabaseError } from "@/lib/database/errors";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { countedAddress } from "@/lib/runtime/network";
import { ofProcess } from "@/lib/runtime/of-process";
import { signInProblems } from "@/lib/staff/words";
import type { SignInReport } from "../auth";
import { parseLocalPath } from "../local-path";
import { logSecurityEvent } from "../security-log";
import { isSecure, readSecret } from "../session/token";
import type { PendingIdentity } from "./identities";
import { nameProviderFailure, providerId } from "./oauth";
import { forgetPendingIdentity, printPendingIdentity } from "./pending-identity-cookie";
import { describeProblem, type ProviderProblem } from "./problems";
import type { ProviderSettings } from "./settings";

/** The routes at which a sign-in with the provider begins (POST), and to which the browser comes back (GET). */
export const providerRoutes = { begin: `signin/${providerId}`, end: `callback/${providerId}` };

/**
 * Limits how many begins and ends this process works on at once, because each asks the provider and strangers can cause
 * them. A few from one address may wait, because a whole company may share it. Callers from other addresses go before
 * them.
 */
const turns = ofProcess("provider", () => createFairQueue({ alone: 4, total: 24, waiting: 8, patience: 4_000 }));

/** Runs the work in the turn of an address; null if too much is in progress already, from this address or overall. */
export async function inTurn<T>(address: string | null, work: () => Promise<T>): Promise<T | null> {
  const turn = await turns.take(address === null ? "unknown" : countedAddress(address));
  if (!turn.ok) return null;
  try {
    return await work();
  } finally {
    turn.release();
  }
}

/**
 * The parts of the provider's answer that are passed on to next-auth; null if it does not belong to this browser's
 * question. Next-auth itself would ask the provider before it checks.
 */
export async function readProviderAnswer(request: NextRequest): Promise<URLSearchParams | null> {
  const given = request.nextUrl.searchParams;
  const wanted = ["code", "state", "iss", "session_state"].flatMap((name) => {
    const value = given.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  if (!given.has("code") || !given.has("state")) return null;
  return given.get("state") === (await readState(request)) ? new URLSearchParams(wanted) : null;
}

/** The `state` with which this browser's sign-in began, from next-auth's sealed cookie; null without one. */
async function readState(request: NextRequest): Promise<string | null> {
  const name = `${isSecure(request.headers) ? "__Secure-" : ""}next-auth.state`;
  const token = request.cookies.get(name)?.value;
  if (!token) return null;
  const sealed = await decode({ token, secret: readSecret(), salt: name }).catch(() => null);
  return sealed?.provider === providerId && typeof sealed.value === "string" ? sealed.value : null;
}

/**
 * Answers a request to go to the provider: 200 with its address, 403 without the CSRF token, 503 if it does not answer.
 */
export function answerBegin(response: Response | null, report: SignInReport, settings: ProviderSettings): Response {
  if (response === null) return refuse(503, "busy", settings);
  if (report.failure) {
    logSecurityEvent({ event: "provider_unreachable", reason: nameProviderFailure(report.failure) ?? "unknown" });
    return refuse(503, "unreachable", settings);
  }
  if (response.headers.getSetCookie().some((cookie) => cookie.includes("next-auth.state="))) return response;
  logSecurityEvent({ event: "sign_in_forged" });
  const message = signInProblems.expired;
  return NextResponse.json({ code: "expired", message }, { status: 403, headers: { "cache-control": "no-store" } });
}

function refuse(status: number, problem: ProviderProblem, { name }: ProviderSettings): Response {
  const { text } = describeProblem(problem, name);
  const headers = { "cache-control": "no-store", "retry-after": problem === "busy" ? "2" : "30" };
  return NextResponse.json({ code: problem, message: text }, { status, headers });
}

/**
 * Redirects a browser that comes back from the provider: into the desk, to a page that says why not, or to confirm who
 * they are.
 * @param query what `readProviderAnswer` returned
 */
export async function answerEnd(
  request: NextRequest,
  query: URLSearchParams | null,
  response: Response | null,
  report: SignInReport,
): Promise<NextResponse> {
  const secure = isSecure(request.headers);
  const { provider } = report;
  if (response && provider?.ok) {
    const target = parseLocalPath(response.headers.get("location")) ?? "/";
    const signedIn = leadTo(target, response);
    signedIn.cookies.set(forgetPendingIdentity(secure));
    return signedIn;
  }
  const next = parseLocalPath(request.cookies.get(`${secure ? "__Secure-" : ""}next-auth.callback-url`)?.value);
  if (provider && "pending" in provider) return leadToConfirm(provider.pending, next, response, secure);
  const problem = provider && "problem" in provider ? provider.problem : findProblem(request, query, response, report);
  const event = problem === "unreachable" ? "provider_unreachable" : "provider_refused";
  logSecurityEvent({ event, reason: (problem === "unreachable" && nameProviderFailure(report.failure)) || problem });
  return leadTo(`/sign-in?${new URLSearchParams({ problem, ...(next ? { next } : {}) })}`, response);
}

async function leadToConfirm(
  pending: PendingIdentity,
  next: string | null,
  response: Response | null,
  secure: boolean,
): Promise<NextResponse> {
  const confirm = leadTo(`/sign-in?${new URLSearchParams({ confirm: "1", ...(next ? { next } : {}) })}`, response);
  confirm.cookies.set(await printPendingIdentity(pending, secure));
  return confirm;
}

function findProblem(
  request: NextRequest,
  query: URLSearchParams | null,
  response: Response | null,
  report: SignInReport,
): ProviderProblem {
  if (report.error) {
    if (describeDatabaseError(report.error).code === "unexpected") throw report.error;
    return "busy";
  }
  if (request.nextUrl.searchParams.has("error")) return "denied";
  if (response === null) return query ? "busy" : "refused";
  return nameProviderFailure(report.failure) ? "unreachable" : "refused";
}

/**
 * A 303 to a local path, with next-auth's cookies. It is relative, so that it works whatever the desk's host is called.
 */
function leadTo(path: string, from: Response | null): NextResponse {
  const headers = new Headers({ location: path, "cache-control": "no-store" });
  for (const cookie of from?.headers.getSetCookie() ?? []) headers.append("set-cookie", cookie);
  return new NextResponse(null, { status: 303, headers });
}
