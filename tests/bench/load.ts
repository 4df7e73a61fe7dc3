import { Agent, get } from "node:http";
import { type Timing, toTiming } from "./measure";

/** A page as one client got it: when its first rows were there, 0 where they never came; when all of it; and all of it. */
export type Fetched = { first: number; whole: number; body: string };

/** What came of a load. `refused`: answers that said "busy" in place of the rows; they count as no page. */
export type Load = { first: Timing; whole: Timing; perSecond: number; refused: number };

/** What a page that could not be read in time says of the reason; see lib/database/errors.ts. */
const busyDigest = /(BUSY|TOO_SLOW|RETRY)_[0-9a-f]{8}/;

/** Fetches a page over a connection of the agent. `marker` is a text that only its first rows have. */
export function fetchPage(url: string, cookie: string, marker: string, agent: Agent): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const request = get(url, { agent, headers: { cookie, accept: "text/html" } }, (response) => {
      const chunks: Buffer[] = [];
      let first = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (!first && Buffer.concat(chunks).includes(marker)) first = performance.now() - started;
      });
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8");
        // Facets that say "busy" below rows that are there do not make it another page.
        const good = response.statusCode === 200 && first > 0;
        const busy = response.statusCode === 503 || busyDigest.test(body);
        if (good || busy) resolve({ first: good ? first : 0, whole: performance.now() - started, body });
        else reject(new Error(`${new URL(url).pathname} is not the page it should be (${response.statusCode}).`));
      });
    });
    request.on("error", reject);
  });
}

/**
 * Fetches a page over so many connections at once, for so many seconds, after a second's warming up. With several cookies each
 * connection has the next.
 */
export async function loadPage(
  page: { url: string; cookie: string | string[]; marker: string },
  connections: number,
  seconds: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const cookies = [page.cookie].flat();
  const run = async (milliseconds: number) => {
    const fetched: Fetched[] = [];
    const started = performance.now();
    await Promise.all(
      Array.from({ length: connections }, async (_, at) => {
        const cookie = cookies[at % cookies.length] ?? "";
        while (performance.now() - started < milliseconds) {
          fetched.push(await fetchPage(page.url, cookie, page.marker, agent));
        }
      }),
    );
    return { fetched, seconds: (performance.now() - started) / 1_000 };
  };
  try {
    await run(1_000);
    const { fetched, seconds: taken } = await run(seconds * 1_000);
    const good = fetched.filter(({ first }) => first > 0);
    if (good.length === 0) throw new Error(`${new URL(page.url).pathname} was never more than "busy".`);
    return {
      first: toTiming(good.map(({ first }) => first)),
      whole: toTiming(good.map(({ whole }) => whole)),
      perSecond: good.length / taken,
      refused: fetched.length - good.length,
    };
  } finally {
    agent.destroy();
  }
}
