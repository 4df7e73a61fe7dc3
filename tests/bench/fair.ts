import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { isEnding } from "@/scripts/command/command";
import { signIn } from "./application";
import { withDocument } from "./fair-document";
import { kinds } from "./fair-kinds";
import { type Greed, startGreedy } from "./greed";
import type { Site } from "./http";
import type { Answer, Question } from "./line";
import { fetchPage } from "./load";
import { toTiming } from "./measure";
import { withStaff } from "./staff";
import type { World } from "./world";

/** Milliseconds between two pages of the colleague, who reads them. */
const reads = 50;

/** Pages of a turn at least, however long each takes. */
const atLeast = 6;

/** Turns: the colleague alone, then beside somebody, and so on, so that what else the machine does falls on both. */
const turns = 3;

/** The inbox of a colleague beside one person who asks for as much as they can, by the kind of what they ask for. */
export function fairQuestions(world: World, site: Site): Question[] {
  return Object.keys(kinds).map((name) => ({
    group: "fair",
    name: `beside ${name}`,
    ask: () => beside(world, site, name),
  }));
}

function beside(world: World, site: Site, name: string): Promise<Answer> {
  return withDocument(world, (document) =>
    withStaff(world, async (staffId) => {
      const cookies: string[] = [];
      while (cookies.length < 26) cookies.push(await signIn(world.client, staffId));
      const greed = kinds[name]?.({ cookies, today: world.today, newest: site.newest, document });
      if (!greed) throw new Error(`Nobody is greedy like that: ${name}.`);
      return measure(world, site, greed);
    }),
  );
}

/** Milliseconds until the first rows and the whole page were there, and what the server's thread did from the question to the end. */
type Seen = { first: number[]; whole: number[]; thread: number[]; refused: number };

const nothingSeen = (): Seen => ({ first: [], whole: [], thread: [], refused: 0 });

/** Milliseconds of the processor that the main thread of a process has used: what others do to the machine does not count. */
function threadTime(pid: number): number {
  const [nanoseconds = "0"] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ");
  return Number(nanoseconds) / 1_000_000;
}

async function measure({ seconds }: World, site: Site, greed: Greed): Promise<Answer> {
  const [alone, busy] = [nothingSeen(), nothingSeen()];
  const told: Record<string, number> = {};
  await read(site, 1_000, nothingSeen());
  for (let each = 0; each < turns && !isEnding(); each++) {
    await read(site, (seconds * 1_000) / turns, alone);
    const stop = await startGreedy(site.base, greed);
    await pause(1_000);
    await read(site, (seconds * 1_000) / turns, busy);
    for (const [status, times] of Object.entries(await stop())) told[status] = (told[status] ?? 0) + times;
    // What is still under way of theirs is not the colleague's time alone.
    await pause(2_500);
  }
  const [ours, ideal] = [toTiming(busy.first), toTiming(alone.first)];
  const compare = (part: "first" | "whole" | "thread") => {
    const [one, other] = [toTiming(busy[part]), toTiming(alone[part])];
    return `p50 ${(one.p50 / other.p50).toFixed(2)} x p95 ${(one.p95 / other.p95).toFixed(2)} x`;
  };
  const note = [
    `first rows ${compare("first")}, whole page ${compare("whole")}`,
    `the server's thread meanwhile ${compare("thread")}`,
    `the colleague refused ${busy.refused} times in ${busy.first.length + busy.refused}`,
    `they were told ${JSON.stringify(told)}`,
  ].join("; ");
  const met = ours.p95 <= 2 * ideal.p95 && busy.refused === 0;
  return { ours, ideal, unit: "ms", bar: "2 x p95 alone, never refused", met, note };
}

/** One page after the other for so long; when its first rows were there, and all of it. */
async function read({ base, cookie, newest, pid }: Site, milliseconds: number, seen: Seen): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const started = performance.now();
  for (let each = 0; (performance.now() - started < milliseconds || each < atLeast) && !isEnding(); each++) {
    const used = threadTime(pid);
    const { first, whole } = await fetchPage(`${base}/contacts`, cookie, newest, agent);
    if (first > 0) {
      seen.thread.push(threadTime(pid) - used);
      seen.first.push(first);
      seen.whole.push(whole);
    } else seen.refused++;
    await pause(reads);
  }
  agent.destroy();
}
