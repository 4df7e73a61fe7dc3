import { Agent, type IncomingMessage, request } from "node:http";

/** A client that acts like a browser: its address on the loopback network, and its cookies. */
export type Client = { address: string; agent: Agent; cookies: Map<string, string>; csrfToken?: string };

export function openClient(address: string, sockets = 1): Client {
  return {
    address,
    agent: new Agent({ keepAlive: true, localAddress: address, maxSockets: sockets }),
    cookies: new Map(),
  };
}

export type Answer = { status: number; code: string | null; retryAfter: string | null };

/** The CSRF token that a sign-in needs; one serves any number of tries. */
export async function fetchToken(client: Client): Promise<void> {
  const { text } = await send(client, "GET", "/api/auth/csrf");
  client.csrfToken = JSON.parse(text).csrfToken;
}

/** One try to sign in, as the sign-in page's script makes it. */
export async function trySignIn(client: Client, email: string, password: string): Promise<Answer> {
  if (!client.csrfToken) await fetchToken(client);
  const form = new URLSearchParams({ csrfToken: client.csrfToken ?? "", email, password, json: "true" });
  const { response, text } = await send(client, "POST", "/api/auth/callback/credentials", String(form));
  const { code } = JSON.parse(text) as { code?: string };
  return { status: response.statusCode ?? 0, code: code ?? null, retryAfter: response.headers["retry-after"] ?? null };
}

async function send(client: Client, method: string, path: string, body = "") {
  const cookie = [...client.cookies].map((pair) => pair.join("=")).join("; ");
  const { response, text } = await new Promise<{ response: IncomingMessage; text: string }>((resolve, reject) => {
    const asking = request(`${process.env.BASE_URL}${path}`, {
      method,
      agent: client.agent,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(body ? { "content-type": "application/x-www-form-urlencoded", origin: process.env.BASE_URL } : {}),
      },
    });
    asking.on("error", reject);
    asking.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ response, text }));
      response.on("error", reject);
    });
    asking.end(body);
  });
  for (const line of response.headers["set-cookie"] ?? []) {
    const [pair = ""] = line.split(";");
    client.cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
  }
  return { response, text };
}

/**
 * Tries wrong passwords from each address over `connections` connections, each as fast as it is answered. Resolves when
 * every connection has had its first answer. The result stops the flood, and returns how often each answer occurred.
 */
export async function startFlood(given: { addresses: string[]; connections: number; email: () => string }) {
  const answers: Record<string, number> = {};
  let running = true;
  const clients = given.addresses.map((address) => openClient(address, given.connections));
  await Promise.all(clients.map(fetchToken));
  const loops: Promise<void>[] = [];
  const begun = clients.flatMap((client) =>
    Array.from({ length: given.connections }, () => {
      const first = attempt(client);
      loops.push(
        first.then(async () => {
          while (running) await attempt(client);
        }),
      );
      return first;
    }),
  );
  async function attempt(client: Client): Promise<void> {
    const { status, code } = await trySignIn(client, given.email(), "not the password");
    const answer = `${status} ${code}`;
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  await Promise.all(begun);
  const stop = async () => {
    running = false;
    await Promise.all(loops);
    for (const { agent } of clients) agent.destroy();
    return answers;
  };
  return Object.assign(stop, { answers });
}
