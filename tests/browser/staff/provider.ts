import { createServer, type Server } from "node:net";
import { OAuth2Server } from "oauth2-mock-server";

/** The claims for the next sign-in, beside issuer, audience, time and nonce. */
export type Claims = { sub: string; [claim: string]: unknown };

/** A sign-in provider in this process: a real one over HTTP with signed tokens, which signs everybody in as `next`. */
export async function startProvider() {
  let server = await listen(new OAuth2Server(), 0);
  const { port } = server.address();
  let silent: Server | null = null;
  const provider = {
    issuer: server.issuer.url ?? "",
    next: { sub: "nobody" } as Claims,
    /** Claims that override `next`, for wrong tokens. */
    forged: {} as Record<string, unknown>,
    /** What it announces: the algorithms of its ID tokens, and keys in addition to its own. */
    announced: ["RS256"],
    keys: [] as object[],
    /** Makes the ID token from its claims; by default the provider signs it with RS256. */
    sign: null as ((claims: object) => string) | null,
    /** The addresses at the provider to which sign-ins were sent, the latest last. */
    asked: [] as URL[],

    /** Accepts no more connections. */
    goDown: () => server.stop(),

    /** Accepts connections and answers none. */
    async fallSilent(): Promise<void> {
      await server.stop();
      // Reads what arrives, because otherwise the end of a connection would go unnoticed.
      silent = createServer((socket) => socket.on("error", () => undefined).resume());
      await new Promise<void>((listening) => silent?.listen(port, "localhost", listening));
    },

    async comeBack(): Promise<void> {
      await new Promise((closed) => (silent ? silent.close(closed) : closed(null)));
      silent = null;
      server = await listen(new OAuth2Server(), port);
      watch();
    },

    stop: () => server.stop(),
  };
  function watch(): void {
    const { response } = server.service.requestHandler as unknown as Express;
    const send = response.json;
    response.json = function (body) {
      const { announced, keys } = provider;
      if ("jwks_uri" in body) send.call(this, { ...body, id_token_signing_alg_values_supported: announced });
      else send.call(this, "keys" in body ? { keys: [...(body.keys as object[]), ...keys] } : body);
    };
    server.service.on("beforeResponse", ({ body }: { body: { id_token?: string } }) => {
      const [, claims = ""] = body.id_token?.split(".") ?? [];
      if (provider.sign) body.id_token = provider.sign(JSON.parse(Buffer.from(claims, "base64url").toString()));
    });
    server.service.on("beforeTokenSigning", (token: { payload: object }) =>
      Object.assign(token.payload, provider.next, provider.forged),
    );
    server.service.on("beforeAuthorizeRedirect", (_: unknown, request: { originalUrl: string }) =>
      provider.asked.push(new URL(request.originalUrl, provider.issuer)),
    );
  }
  watch();
  return provider;
}

/** The part of the server that sends all its answers. */
type Express = { response: { json(body: object): void } };

/** A token whose header names `alg`, whatever way it is really signed. */
export function makeToken(alg: string, claims: object, signed: (data: Buffer) => Buffer, kid?: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const data = `${part({ alg, typ: "JWT", kid })}.${part(claims)}`;
  return `${data}.${signed(Buffer.from(data)).toString("base64url")}`;
}

async function listen(server: OAuth2Server, port: number): Promise<OAuth2Server> {
  await server.issuer.keys.generate("RS256");
  await server.start(port || undefined, "localhost");
  return server;
}

/** Does a browser's part in a sign-in by hand, so that a test can tamper with it. */
export function openHand(base: string) {
  const cookies = new Map<string, string>();
  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", ...init, headers: { cookie, origin: base } });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";", 1)[0] ?? "").split(/=(.*)/s);
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const post = async (route: string, form: Record<string, string>): Promise<Response> => {
    const { csrfToken } = await (await ask(`${base}/api/auth/csrf`)).json();
    return ask(`${base}/api/auth/${route}`, {
      method: "POST",
      body: new URLSearchParams({ csrfToken, json: "true", ...form }),
    });
  };
  return {
    cookies,
    ask,
    post,

    /** Goes to the provider and returns the address with its answer, without requesting that address. */
    async goToProvider(form: Record<string, string> = {}): Promise<URL> {
      const { url } = await (await post("signin/company", form)).json();
      const { headers } = await fetch(url, { redirect: "manual" });
      return new URL(headers.get("location") ?? "");
    },

    /** The status and the address with which the desk responds to the provider's answer. */
    async comeBack(answer: URL): Promise<string> {
      const { status, headers } = await ask(answer.href);
      return `${status} ${headers.get("location")}`;
    },

    hasSession: () => [...cookies.keys()].some((name) => name.includes("session-token")),
  };
}
