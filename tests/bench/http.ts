import { Agent } from "node:http";
import { gzipSync } from "node:zlib";
import { prepareBuild, signIn, startApplication, startBarePage } from "./application";
import type { Answer, Question } from "./line";
import { fetchPage, loadPage } from "./load";
import type { Timing } from "./measure";
import { withPeople } from "./people";
import { comparePages, connections } from "./processes";
import { withStaff } from "./staff";
import type { World } from "./world";

/** A running application, somebody signed in to it, and the bare page beside it. */
export type Site = { base: string; bare: string; pid: number; cookie: string; newest: string; staffId: string };

export const bareNote = "ideal: 50 rows and one query by React on node:http, without Next or sign-in";

/** Does the work with the production build and the bare page running. */
export async function withSite<R>(
  world: World,
  { buildAtHand, say }: { buildAtHand: boolean; say: (line: string) => void },
  work: (site: Site) => Promise<R>,
): Promise<R> {
  const { client, url } = world;
  await prepareBuild(buildAtHand, say);
  const application = await startApplication();
  const bare = await startBarePage(url);
  try {
    const { rows } = await client.query<{ id: string }>(
      'select id from contact_submissions order by "timestamp" desc, id desc limit 1',
    );
    return await withStaff(world, async (staffId) =>
      work({
        base: application.base,
        bare: bare.base,
        pid: application.pid,
        cookie: await signIn(client, staffId),
        newest: rows[0]?.id ?? "",
        staffId,
      }),
    );
  } finally {
    await application.stop();
    await bare.stop();
  }
}

/** The inbox and a contact over HTTP, signed in, and what a browser has to load. */
export function httpQuestions(world: World, site: Site): Question[] {
  const { seconds } = world;
  const { base, bare, cookie, newest } = site;
  const inbox = { url: `${base}/contacts`, cookie, marker: newest };
  const contact = { url: `${base}/contacts/${encodeURIComponent(newest)}`, cookie, marker: newest };
  const beside = { url: bare, cookie: "", marker: newest };
  const timed = async (
    page: typeof inbox,
    part: "first" | "whole",
    limit: number,
    connections: number,
  ): Promise<Answer> => {
    const ours = (await loadPage(page, connections, seconds))[part];
    const ideal = (await loadPage(beside, connections, seconds))[part];
    return { ours, ideal, unit: "ms", bar: `${limit} ms p50`, met: ours.p50 <= limit, note: bareNote };
  };
  const rated = async (page: typeof inbox, bar: boolean): Promise<Answer> => {
    const { perSecond: ours, refused } = await withPeople(world, connections, (cookie) =>
      loadPage({ ...page, cookie }, connections, seconds),
    );
    const ideal = (await loadPage(beside, connections, seconds)).perSecond;
    const met = bar ? ours >= ideal / 2 : null;
    const note = `${refused > 0 ? `${refused} more answered "busy"; ` : ""}${bareNote}`;
    return {
      ours: toSame(ours),
      ideal: toSame(ideal),
      unit: "/s",
      bar: bar ? "half of a bare page" : "no bar",
      met,
      note,
    };
  };
  const group = "http";
  return [
    { group, name: "/contacts, first rows, 1 connection", ask: () => timed(inbox, "first", 25, 1) },
    { group, name: "/contacts, pages, 16 connections", ask: () => rated(inbox, true) },
    { group, name: "/contacts, two processes beside one", ask: () => comparePages(world, site) },
    { group, name: "/contacts/ID, 1 connection", ask: () => timed(contact, "whole", 20, 1) },
    { group, name: "/contacts/ID, pages, 16 connections", ask: () => rated(contact, false) },
    { group, name: "/contacts, HTML gzipped, to the facets", ask: () => htmlSize(inbox, beside) },
    { group, name: "/contacts, JavaScript gzipped", ask: () => scriptSize(base, inbox) },
  ];
}

/** A single number as a timing. */
export function toSame(value: number): Timing {
  return { p50: value, p95: value, worst: value };
}

type Page = { url: string; cookie: string; marker: string };

async function fetchBody({ url, cookie, marker }: Page): Promise<string> {
  const agent = new Agent();
  return (await fetchPage(url, cookie, marker, agent)).body;
}

/** Without what streams in behind the rows: the first hidden part after the one that holds them. */
async function htmlSize(page: Page, beside: Page): Promise<Answer> {
  const body = await fetchBody(page);
  const streamed = body.indexOf('<div hidden id="S:', body.indexOf(page.marker));
  const first = streamed > 0 ? body.slice(0, streamed) : body;
  const size = (text: string) => gzipSync(text).length / 1_000;
  const note = `whole: ${size(body).toFixed(1)} kB gzipped, ${Math.round(body.length / 1_000)} kB plain`;
  const ours = size(first);
  return {
    ours: toSame(ours),
    ideal: toSame(size(await fetchBody(beside))),
    unit: "kB",
    bar: "20 kB",
    met: ours <= 20,
    note,
  };
}

/** What the page has script elements for, and what else it names for the parts that come to life afterwards. */
async function scriptSize(base: string, page: Page): Promise<Answer> {
  const body = await fetchBody(page);
  // What only old browsers load, which know no modules, is not counted.
  const old = /<script [^>]*src="([^"]+)"[^>]*nomodule/i.exec(body)?.[1];
  const list = (pattern: RegExp) => [...new Set([...body.matchAll(pattern)].map(([, path]) => path ?? ""))];
  const named = list(/["'(](\/_next\/static\/[^"'\\)]+\.js)/g).filter((path) => path !== old);
  const elements = list(/<script [^>]*src="([^"]+\.js)"/g).filter((path) => path !== old);
  const sizes = new Map<string, number>();
  for (const path of new Set([...named, ...elements])) {
    const answer = await fetch(`${base}${path}`);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
    sizes.set(path, gzipSync(Buffer.from(await answer.arrayBuffer())).length / 1_000);
  }
  const sum = (paths: string[]) => paths.reduce((total, path) => total + (sizes.get(path) ?? 0), 0);
  const ours = sum([...sizes.keys()]);
  const note = `${sizes.size} files the page names; ${Math.round(sum(elements))} kB of them as script elements`;
  return { ours: toSame(ours), ideal: null, unit: "kB", bar: "200 kB", met: ours <= 200, note };
}
