import { randomUUID } from "node:crypto";
import { loadContact } from "@/lib/contact/queries";
import { parseFilter } from "@/lib/filter/url";
import type { Viewer } from "@/lib/filter/viewer";
import { listNotes } from "@/lib/notes/queries";
import { claimFrom, startQueue } from "@/lib/triage/claims";
import { queueLimit, toQueue } from "@/lib/triage/queue";
import { viewerOf } from "../viewer";
import type { Answer, Question } from "./line";
import { clock, toTiming } from "./measure";
import { withStaff } from "./staff";
import type { World } from "./world";

/** What triage asks of the server: its start, and the contact that comes into reach with each decision. */
export function triageQuestions(world: World): Question[] {
  const group = "triage";
  return [
    { group, name: "triage begins: a thousand contacts in their order", ask: () => begin(world) },
    { group, name: "triage: one contact more claimed and loaded", ask: () => step(world) },
  ];
}

const filter = toQueue(parseFilter(new URLSearchParams()).filter, false);

function begin(world: World): Promise<Answer> {
  return withTriage(world, async (viewer) => {
    const measured: number[] = [];
    for (let times = 0; times <= world.repeat; times++) {
      measured.push(await clock(() => startQueue(randomUUID(), filter, viewer)));
    }
    return toAnswer(measured, "as its action sees it");
  });
}

function step(world: World): Promise<Answer> {
  return withTriage(world, async (viewer) => {
    const queue = await startQueue(randomUUID(), filter, viewer);
    const measured: number[] = [];
    const last = Math.min(queue.total, queueLimit, Math.max(20, world.repeat) + 1);
    for (let position = 1; position <= last; position++) {
      measured.push(
        await clock(async () => {
          const claims = (await claimFrom(queue.id, viewer, { position, except: [], kept: [] })) ?? [];
          const newest = claims.at(-1);
          if (!newest) throw new Error("Nothing was there to be claimed.");
          await Promise.all([loadContact(newest.id), listNotes(newest.id)]);
        }),
      );
    }
    return toAnswer(measured, "nobody waits for it: three are loaded ahead");
  });
}

function withTriage(world: World, work: (viewer: Viewer) => Promise<Answer>): Promise<Answer> {
  return withStaff(world, (staffId) => work(viewerOf(staffId, world.zone)));
}

function toAnswer(measured: number[], note: string): Answer {
  const ours = toTiming(measured.slice(1));
  return { ours, ideal: null, unit: "ms", bar: "100 ms p95", met: ours.p95 <= 100, note };
}
