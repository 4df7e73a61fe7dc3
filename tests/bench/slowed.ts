import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright";
import { findChromium } from "./chromium";
import type { Site } from "./http";
import type { Answer, Question } from "./line";
import { toTiming } from "./measure";
import type { World } from "./world";

/** How many times slower the processor is made: Lighthouse's phone. */
const rate = 4;

/** A visit of the inbox with nothing in the browser's cache, in ms from its beginning. */
type Visit = {
  rows: number;
  keys: number;
  /** What tasks took beyond 50 ms each, until a second had none. */
  blocked: number;
  /** What the browser spent on scripts, and on styles and layout. */
  script: number;
  look: number;
};

/** When the inbox has rows and answers to keys on a slowed processor, and for how long it is blocked. */
export function slowedQuestions(world: World, site: Site, say: (line: string) => void): Question[] {
  let visits: Promise<Visit[]> | undefined;
  const line = (what: "rows" | "keys" | "blocked", noteOf: (middle: (part: keyof Visit) => string) => string) => ({
    group: "slowed",
    name: `/contacts, ${rate} x slowed: ${what}`,
    ask: async (): Promise<Answer> => {
      visits ??= visitOften(world.repeat, site, say);
      const done = await visits;
      const of = (part: keyof Visit) => toTiming(done.map((visit) => visit[part]));
      const note = noteOf((part) => `${Math.round(of(part).p50)} ms`);
      return { ours: of(what), ideal: null, unit: "ms", bar: "no bar", met: null, note };
    },
  });
  return [
    line("rows", () => `${world.repeat} first visits`),
    line("keys", () => "the same visits"),
    line("blocked", (middle) => `scripts ${middle("script")}, styles and layout ${middle("look")} in all`),
  ];
}

async function visitOften(times: number, site: Site, say: (line: string) => void): Promise<Visit[]> {
  const executablePath = await findChromium(say);
  // Imported only now, because the other groups need no browser.
  const { chromium } = await import("playwright");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const visits: Visit[] = [];
    for (let visit = 0; visit <= times; visit++) visits.push(await visitInbox(browser, site));
    // The first one warms the server up.
    return visits.slice(1);
  } finally {
    await browser.close();
  }
}

async function visitInbox(browser: Browser, { base, cookie }: Site): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const [name = "", value = ""] = cookie.split("=");
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable");
    await session.send("Emulation.setCPUThrottlingRate", { rate });
    await page.addInitScript(watch);
    await page.goto(`${base}/contacts`, { waitUntil: "commit" });
    const seen = await readPatiently(page);
    const { metrics } = await session.send("Performance.getMetrics");
    const spent = (part: string) => (metrics.find(({ name }) => name === part)?.value ?? 0) * 1_000;
    return {
      ...seen,
      script: spent("ScriptDuration"),
      look: spent("RecalcStyleDuration") + spent("LayoutDuration"),
    };
  } finally {
    await context.close();
  }
}

/** Asks again and again, because the desk's policy forbids Playwright's own waiting in a page. */
async function readPatiently(page: Page) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const seen = await page.evaluate(readWatched);
    if (seen) return seen;
    await pause(250);
  }
  throw new Error("The inbox had no rows or no keys after a minute.");
}

type Watched = { rows: number | null; keys: number | null; blocked: number; quietSince: number };

/** Runs in the page before anything else, so it uses nothing from outside of itself. */
function watch(): void {
  const watched: Watched = { rows: null, keys: null, blocked: 0, quietSince: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      watched.blocked += Math.max(0, duration - 50);
      watched.quietSince = startTime + duration;
    }
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver(() => {
    if (document.querySelector("[data-row-link]")) watched.rows ??= performance.now();
    if (document.querySelector("[data-inbox-ready][data-keys-ready]")) watched.keys ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** Runs in the page: what was seen, once a second has passed without a long task. */
function readWatched(): { rows: number; keys: number; blocked: number } | null {
  const { watched } = window as unknown as { watched: Watched };
  const { rows, keys, blocked, quietSince } = watched;
  const since = performance.now() - Math.max(quietSince, keys ?? 0);
  return rows === null || keys === null || since < 1_000 ? null : { rows, keys, blocked };
}
