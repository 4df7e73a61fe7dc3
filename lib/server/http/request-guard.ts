import type { IncomingMessage } from "node:http";
import { parseLocalPath } from "@/lib/staff/local-path";
import { findBodyProblem } from "./action-body";
import { bodyLimit, signInBodyLimit } from "./http-limits";
import { metricsPath, refuseMetrics } from "./metrics-access";
import { readBody, withBody } from "./request-body";
import { isFromOtherSite, isFromOwnPage } from "./request-origin";
import { readSealedSession } from "./sealed-session";

/** Why a request is refused before the application sees it. */
export type Refusal = {
  status: 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** For the security log. */
  reason: string;
  /** For the person, in plain text. */
  message: string;
  headers?: Record<string, string>;
};

/** What may continue. `signIn` is the body, if this may be a try to sign in. */
export type Guarded = { ok: true; request: IncomingMessage; signIn?: Buffer } | ({ ok: false } & Refusal);

/** Callbacks at two points of the guard. */
export type Stations = {
  /** Before the body is read: a client that sent `Expect: 100-continue` waits for this. */
  beforeBody?: () => void;
  /** Before the work begins, when the whole request has arrived. May refuse it. */
  admit?: () => Promise<Refusal | null>;
};

/** How many bytes a call of a server action may carry, by the action's id; see lib/server/http/http-limits.ts. */
export type BodyLimits = ReadonlyMap<string, number>;

/** Requests under /api/auth/ that need no password: signing out, and going to the company's provider. */
const withoutPassword = ["/api/auth/signout", "/api/auth/signin/company"];

/** Paths that only the desk's own pages, or a person who types the address, may request. */
const ownOnly = /^\/(export\/|api\/live$)/;

/**
 * Checks a request before Next sees it, so that strangers cost little. It checks the method, the origin, and whether a
 * POST brings a sealed session. Then come the body, and the sender's turn before the body is decoded. The application
 * still authorises everything by itself.
 * @throws Error when the connection ends before the body does
 */
export async function guardRequest(
  request: IncomingMessage,
  limits: BodyLimits,
  stations: Stations = {},
): Promise<Guarded> {
  const path = pathOf(request);
  if (path === null) return refuse(400, "target", "This desk has no such address.");
  switch (request.method) {
    case "GET":
    case "HEAD":
      if (ownOnly.test(path) && isFromOtherSite(request.headers)) return crossSite;
      if (path === metricsPath) return guardMetrics(request);
      return (await refuseTurn(stations)) ?? { ok: true, request };
    case "POST":
      return guardPost(request, path, limits, stations);
    default:
      return {
        ...refuse(405, "method", "The desk answers GET, HEAD and POST."),
        headers: { allow: "GET, HEAD, POST" },
      };
  }
}

/**
 * Checked before any work, and without a share: whoever has the token asks every few seconds, however busy the desk is.
 */
function guardMetrics(request: IncomingMessage): Guarded {
  const refused = refuseMetrics(request.headers.authorization);
  return refused ? { ok: false, ...refused } : { ok: true, request };
}

async function guardPost(
  request: IncomingMessage,
  path: string,
  limits: BodyLimits,
  stations: Stations,
): Promise<Guarded> {
  const signingIn = path.startsWith("/api/auth/");
  if (!isFromOwnPage(request.headers)) return crossSite;
  if (!signingIn && (await readSealedSession(request)) === null) return signedOut(request);

  const action = request.headers["next-action"];
  if (!signingIn && (typeof action !== "string" || !isCallOfAction(request.headers["content-type"]))) {
    return refuse(400, "not an action", "The desk cannot read that request.");
  }
  const limit = signingIn ? signInBodyLimit : (limits.get(String(action)) ?? bodyLimit);
  stations.beforeBody?.();
  const body = await readBody(request, limit);
  if (body === null) return refuse(413, "body too large", "That is too large to send at once.");
  // Passwords wait in a queue of their own. The list is exact, so any other spelling of a sign-in path that Next's
  // router may accept goes to that queue too.
  if (signingIn && !withoutPassword.includes(path)) return { ok: true, request: withBody(request, body), signIn: body };
  const noTurn = await refuseTurn(stations);
  if (noTurn) return noTurn;
  const problem = signingIn ? null : findBodyProblem(body);
  if (problem) return refuse(400, `body: ${problem}`, "The desk cannot read that request.");
  return { ok: true, request: withBody(request, body) };
}

async function refuseTurn({ admit }: Stations): Promise<({ ok: false } & Refusal) | null> {
  const refusal = (await admit?.()) ?? null;
  return refusal && { ok: false, ...refusal };
}

function refuse(status: Refusal["status"], reason: string, message: string): { ok: false } & Refusal {
  return { ok: false, status, reason, message };
}

const crossSite = refuse(403, "cross-site", "Another site asked for this. Open the desk itself and try there.");

/** Next's code in the browser sends the person to the sign-in page, and afterwards back to their page. */
function signedOut(request: IncomingMessage): { ok: false } & Refusal {
  const page = parseLocalPath(request.url);
  const target = page === null ? "/sign-in" : `/sign-in?next=${encodeURIComponent(page)}`;
  return { ...refuse(401, "signed out", "Sign in first."), headers: { "x-action-redirect": `${target};push` } };
}

/**
 * The path without the query. Null for what is no path of a server: `*`, `http://host/`, or a path with a control
 * character.
 */
function pathOf({ url = "" }: IncomingMessage): string | null {
  const path = url.split("?", 1)[0] ?? "";
  return path.startsWith("/") && !/[\0-\x20\x7f\\]/.test(path) ? path : null;
}

/**
 * Whether this is a call of an action. The desk's forms call actions with plain values, which travel as text. Browsers'
 * own form encodings are not used.
 */
function isCallOfAction(contentType: string | undefined): boolean {
  return /^text\/plain(;|$)/i.test(contentType ?? "");
}
