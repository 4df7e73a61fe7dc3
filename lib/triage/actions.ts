"use server";
import { z } from "zod";
import type { LoadedContact } from "@/lib/contact/contact";
import { findFirstResponse } from "@/lib/contact/first-response";
import { contactIdSchema } from "@/lib/contact/identifier";
import { loadContact } from "@/lib/contact/queries";
import { type Loaded, load } from "@/lib/desk/load";
import { getDeskSettings } from "@/lib/desk/settings";
import { getViewer } from "@/lib/desk/viewer";
import { deskWords } from "@/lib/desk/wording";
import { parseFilter } from "@/lib/filter/url";
import type { Notes } from "@/lib/notes/note";
import { listNotes } from "@/lib/notes/queries";
import { getNow } from "@/lib/runtime/clock";
import { requireStaff } from "@/lib/staff/session/session";
import { claimFrom, dropClaims, keepClaims, listOthers, type Queue, type QueuedContact, startQueue } from "./claims";
import { ahead, mostKept, queueLimit } from "./queue";

const route = "/triage";
const refused = { ok: false, message: deskWords.unreadable } as const;

const startInput = z.strictObject({ id: z.guid(), filter: z.string().max(20_000) });

/** Freezes the queue of a printed filter for the person who asks. Any staff may. */
export async function startTriage(input: unknown): Promise<Loaded<Queue>> {
  const staff = await requireStaff();
  const parsed = startInput.safeParse(input);
  if (!parsed.success) return refused;
  const { filter, problems } = parseFilter(new URLSearchParams(parsed.data.filter));
  if (problems.length > 0) return refused;
  return load(startQueue(parsed.data.id, filter, await getViewer(staff)), route);
}

const position = z
  .int()
  .min(1)
  .max(queueLimit + 1);

const stepInput = z.strictObject({
  queue: z.guid(),
  position,
  except: z.array(position).max(queueLimit),
  kept: z.array(contactIdSchema).max(mostKept),
  loaded: z.array(contactIdSchema).max(mostKept + ahead + 1),
});

/**
 * Everything that triage shows of a contact. `due`: when its first response is due, null if it does not wait for one.
 * `readAt`: the time on this server's clock just before it was read.
 */
export type TriageSheet = { loaded: LoadedContact; notes: Loaded<Notes>; due: Date | null; readAt: Date };

/**
 * The next step in a queue: the person's claims, the contacts that the browser has not loaded yet, and who else is in
 * triage.
 */
export type TriageStep = { claims: QueuedContact[]; sheets: TriageSheet[]; others: string[] };

/** Claims and loads the contacts from a position on. Any staff may, in a queue of their own. */
export async function stepTriage(input: unknown): Promise<Loaded<TriageStep>> {
  const staff = await requireStaff();
  const parsed = stepInput.safeParse(input);
  if (!parsed.success) return refused;
  const { queue, loaded, ...wanted } = parsed.data;
  return load(
    (async () => {
      const claims = await claimFrom(queue, await getViewer(staff), wanted);
      if (!claims) return { claims: [], sheets: [], others: [] };
      const missing = new Set([...wanted.kept, ...claims.map(({ id }) => id)].filter((id) => !loaded.includes(id)));
      const [others, ...sheets] = await Promise.all([listOthers(staff.id), ...[...missing].map(loadSheet)]);
      return { claims, sheets: sheets.filter((sheet) => sheet !== null), others };
    })(),
    route,
  );
}

const sheetInput = z.strictObject({ id: contactIdSchema });

/** Loads one contact as triage shows it, whatever its state; null if it is gone. Any staff may. */
export async function browseSheet(input: unknown): Promise<Loaded<TriageSheet | null>> {
  await requireStaff();
  const parsed = sheetInput.safeParse(input);
  return parsed.success ? load(loadSheet(parsed.data.id), route) : refused;
}

async function loadSheet(id: string): Promise<TriageSheet | null> {
  const readAt = getNow();
  const [loaded, notes, settings] = await Promise.all([loadContact(id), load(listNotes(id), route), getDeskSettings()]);
  return loaded && { loaded, notes, due: findFirstResponse(loaded.contact, settings, readAt), readAt };
}

/** Heartbeat: extends the person's claims, and gives the contacts that are still theirs. Any staff may. */
export async function keepTriage(): Promise<Loaded<string[]>> {
  const staff = await requireStaff();
  return load(keepClaims(staff.id), route);
}

/** Releases the person's claims. Any staff may. */
export async function leaveTriage(): Promise<void> {
  const staff = await requireStaff();
  await load(dropClaims(staff.id), route);
}
