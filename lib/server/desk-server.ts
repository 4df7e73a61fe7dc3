import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { numberErrors } from "@/lib/runtime/error-number";
import { watchEventLoop } from "@/lib/runtime/event-loop";
import { countedAddress } from "@/lib/runtime/network";
import { watchRetry, workFor } from "@/lib/runtime/requester";
import { workOn } from "@/lib/runtime/screen";
import { readSetting } from "@/lib/settings/settings";
import { withPeerAddress } from "@/lib/staff/address";
import { logSecurityEvent } from "@/lib/staff/security-log";
import { resetWhereCut } from "./http/cut-answer";
import { httpLimits } from "./http/http-limits";
import { refuseNotReady } from "./http/not-ready";
import { type BodyLimits, guardRequest, type Refusal } from "./http/request-guard";
import { answerSignIn } from "./http/sign-in-door";
import { transportSecurity } from "./http/transport-security";
import { answerUnreadable } from "./http/unreadable";
import { measureRequest } from "./measures/request-measure";
import { type Destinations, nameDestinations } from "./measures/screens-of-build";
import { admitRequest } from "./shares/admission";
import { refuseBusy } from "./shares/busy";
import { kindOf } from "./shares/fair-shares";

/** The answers that each server has not finished sending. */
const inFlight = new WeakMap<Server, Set<ServerResponse>>();

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The HTTP server of the desk: limits on connections, the guard, then `handle`. It has no listener for upgrades or
 * CONNECT. So Node answers upgrades as plain requests and closes CONNECT connections; nothing stays half open.
 */
export function createDeskServer(
  handle: Handler,
  limits: BodyLimits,
  nameDestination: Destinations = nameDestinations([], new Map()),
): Server {
  const server = createServer({
    maxHeaderSize: httpLimits.headBytes,
    headersTimeout: httpLimits.headTime,
    requestTimeout: httpLimits.requestTime,
    keepAliveTimeout: httpLimits.keepAliveTime,
    connectionsCheckingInterval: httpLimits.checkEvery,
  });
  server.maxHeadersCount = httpLimits.headLines;
  server.maxConnections = httpLimits.connections;
  server.timeout = httpLimits.idleTime;
  boundConnectionsByAddress(server);
  const answers = new Set<ServerResponse>();
  inFlight.set(server, answers);
  numberErrors();
  watchEventLoop();

  const security = transportSecurity();
  const answer = async (request: IncomingMessage, response: ServerResponse, beforeBody?: () => void) => {
    // A client that has gone is not our error, neither here nor in what handles the request.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    resetWhereCut(request, response);
    answers.add(response);
    response.once("close", () => answers.delete(response));
    if (security) response.setHeader(...security);
    sayRetry(response, watchRetry());
    let release: (() => void) | undefined;
    const admit = async () => {
      const admission = await admitRequest(request, response);
      if (!admission.ok) return refuseBusy(request, admission.retryAfter);
      release = admission.release;
      return null;
    };
    try {
      const notReady = refuseNotReady(request);
      if (notReady) return sendRefusal(request, response, notReady);
      const guarded = await guardRequest(request, limits, { beforeBody, admit });
      if (!guarded.ok) sendRefusal(request, response, guarded);
      else if (!guarded.signIn) await handle(guarded.request, response);
      else await answerSignIn(guarded.request, guarded.signIn, response, () => handle(guarded.request, response));
    } catch {
      // The connection ended before the body did, or Next failed before it could answer and has logged it.
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { connection: "close" }).end();
    } finally {
      release?.();
    }
  };
  const inItsContext = (request: IncomingMessage, response: ServerResponse, beforeBody?: () => void) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const action = request.method === "POST" ? request.headers["next-action"] : undefined;
    const { route, screen } = nameDestination(path, typeof action === "string" ? action : undefined);
    const id = nameRequest(request, response);
    measureRequest(response, route, kindOf(path));
    withPeerAddress(request.socket.remoteAddress, () =>
      workOn(screen, id, () => workFor(null, () => void answer(request, response, beforeBody))),
    );
  };
  server.on("request", (request, response) => inItsContext(request, response));
  server.on("clientError", answerUnreadable);
  // Without this listener Node would request the body from anybody who announces one.
  server.on("checkContinue", (request, response) => inItsContext(request, response, () => response.writeContinue()));
  return server;
}

/**
 * Gives a request its id, which the log lines, the error page and the answer carry. An id in the request is ignored,
 * because its sender could make other people's log lines look like their own.
 */
function nameRequest(request: IncomingMessage, response: ServerResponse): string {
  const id = randomBytes(6).toString("hex");
  delete request.headers["x-request-id"];
  response.setHeader("x-request-id", id);
  return id;
}

/**
 * Next answers 500 to any failure in a page. Where the database was busy, too slow, full, or awaits an update, it
 * becomes 503, so that the client retries.
 */
function sayRetry(response: ServerResponse, retryAfter: () => number | null): void {
  const { writeHead } = response;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    const seconds = status === 500 ? retryAfter() : null;
    if (seconds !== null) response.setHeader("retry-after", String(seconds));
    return Reflect.apply(writeHead, response, [seconds === null ? status : 503, ...rest]);
  }) as typeof writeHead;
}

/**
 * Milliseconds between two log lines about busy refusals. Whoever asks for too much is refused at each request, and one
 * line is enough.
 */
const busyLineEvery = 10_000;
let busyLineAt = Number.NEGATIVE_INFINITY;

function isWorthALine({ status }: Refusal): boolean {
  if (status !== 503) return true;
  if (performance.now() - busyLineAt < busyLineEvery) return false;
  busyLineAt = performance.now();
  return true;
}

function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, reason, message, headers } = refusal;
  if (isWorthALine(refusal))
    logSecurityEvent({ event: "request_refused", reason, address: request.socket.remoteAddress });
  // A short body that has already arrived is skipped. Any other body ends with its connection.
  const body = Number(request.headers["content-length"] ?? 0);
  const short = !request.headers["transfer-encoding"] && !request.headers.expect && body <= httpLimits.headBytes;
  response.writeHead(status, {
    "content-type": "text/plain",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    ...headers,
    ...(short ? {} : { connection: "close" }),
  });
  response.end(request.method === "HEAD" ? undefined : message);
}

/**
 * Limits connections per address, so that one address cannot take all. Not behind a trusted proxy: all connections come
 * from its address, and it has its own limits.
 */
function boundConnectionsByAddress(server: Server): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    if (!socket.remoteAddress || readSetting("TRUST_PROXY") > 0) return;
    const address = countedAddress(socket.remoteAddress);
    const count = (open.get(address) ?? 0) + 1;
    if (count > httpLimits.connectionsOfAddress) return void socket.destroy();
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

/**
 * Milliseconds for which idle connections stay open at the end, so that a frequent client learns from an answer to
 * leave.
 */
const untilSwept = 1_000;

/**
 * Takes no more connections, lets requests in flight end, cuts what is left after `httpLimits.stopTime`, and resolves.
 * From now on each answer closes its connection. Idle connections are closed a second later, because a client that
 * sends just as its connection is closed would see an error. Live streams end by themselves at the signal.
 */
export async function stopServer(server: Server): Promise<void> {
  for (const response of inFlight.get(server) ?? []) response.shouldKeepAlive = false;
  server.prependListener("request", (_request, response) => {
    response.shouldKeepAlive = false;
  });
  // Stops only the listening, because the HTTP server's own `close` would close idle connections at once.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  let sweep: NodeJS.Timeout | undefined;
  const grace = setTimeout(() => {
    sweep = setInterval(() => server.closeIdleConnections(), 100);
  }, untilSwept);
  const cut = setTimeout(() => server.closeAllConnections(), httpLimits.stopTime);
  await closed;
  for (const timer of [grace, sweep, cut]) clearTimeout(timer);
}
