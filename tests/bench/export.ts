import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { type Site, toSame } from "./http";
import type { Answer, Question } from "./line";
import { loadPage } from "./load";
import type { World } from "./world";

/** An export of everything: what it takes of the server's memory, and what the list feels of it. */
export function exportQuestions(world: World, site: Site): Question[] {
  const group = "export";
  return [
    { group, name: "export of everything, memory above idle", ask: () => exportMemory(world, site) },
    { group, name: "/contacts p95 while an export runs", ask: () => listBesideExport(world, site) },
  ];
}

/** Reads an export to its end, or for as long as `until` has not ended; gives its lines and how long it took. */
async function readExport({ base, cookie }: Site, until?: AbortSignal): Promise<{ lines: number; seconds: number }> {
  const started = performance.now();
  const answer = await fetch(`${base}/export/contacts`, { headers: { cookie }, signal: until });
  if (!answer.ok || !answer.body) throw new Error(`The export answered ${answer.status}.`);
  let lines = 0;
  for await (const chunk of answer.body) for (const byte of chunk as Uint8Array) if (byte === 10) lines++;
  return { lines, seconds: (performance.now() - started) / 1_000 };
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (Number(kilobytes) * 1_024) / 1_000_000;
}

async function exportMemory({ contacts }: World, site: Site): Promise<Answer> {
  if (!existsSync(`/proc/${site.pid}/status`)) throw new Error("Memory can only be read on Linux.");
  // Once in part first: what the first export loads for good is not what each one takes.
  const warm = new AbortController();
  setTimeout(() => warm.abort(), 2_000);
  await readExport(site, warm.signal).catch(() => undefined);
  await pause(1_000);
  const idle = residentMegabytes(site.pid);
  let peak = idle;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(site.pid));
  }, 100);
  try {
    const { lines, seconds } = await readExport(site);
    // Messages have lines of their own, so a file has at least one for each contact, and one for its head.
    if (lines < contacts) throw new Error(`The export has ${lines} lines for ${contacts} contacts.`);
    const note = `${contacts.toLocaleString("en-GB")} contacts in ${Math.round(seconds)} s; idle ${Math.round(idle)} MB`;
    return { ours: toSame(peak - idle), ideal: null, unit: "MB", bar: "64 MB", met: peak - idle <= 64, note };
  } finally {
    clearInterval(watch);
  }
}

async function listBesideExport({ seconds }: World, site: Site): Promise<Answer> {
  const page = { url: `${site.base}/contacts`, cookie: site.cookie, marker: site.newest };
  const alone = (await loadPage(page, 1, seconds)).first;
  const ending = new AbortController();
  let running = true;
  const exporting = (async () => {
    // A small database is exported before the list has been measured: then again.
    for (let times = 0; running && times < 10; times++) await readExport(site, ending.signal);
  })().catch(() => undefined);
  try {
    const beside = (await loadPage(page, 1, seconds)).first;
    const note = "first rows; ideal: the same without the export";
    return { ours: beside, ideal: alone, unit: "ms", bar: "no harm: 2 x p95", met: beside.p95 <= 2 * alone.p95, note };
  } finally {
    running = false;
    ending.abort();
    await exporting;
  }
}
