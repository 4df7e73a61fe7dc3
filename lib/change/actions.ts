"use server";
import { describeDatabaseError } from "@/lib/database/errors";
import { type Loaded, load } from "@/lib/desk/load";
import { getViewer } from "@/lib/desk/viewer";
import { deskWords, formatCount } from "@/lib/desk/wording";
import { parseFilter } from "@/lib/filter/url";
import { requireStaff } from "@/lib/staff/session/session";
import { type BulkStart, cancelBulk, startBulk } from "./bulk";
import { type BulkProgress, getBulk, listBulkConflicts } from "./bulk-progress";
import { wakeBulkRunner } from "./bulk-runner";
import { changeContacts, undoBatch } from "./change";
import { type FrozenSet, freezeMatching, setLimit } from "./frozen-set";
import { startHandover } from "./handover";
import type { ChangeFailure, ChangeResult, Conflict } from "./outcome";
import { batchRequest, bulkRequest, changeRequest, freezeRequest, handoverRequest, undoRequest } from "./request";

/**
 * Sets what is decided about one or many contacts. Any staff may. Input is refused unless it is exactly a
 * ChangeRequest.
 */
export async function setTriage(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const request = changeRequest.safeParse(input);
  return request.success ? changeContacts(staff.id, request.data) : unreadable;
}

/** Undoes a batch, the person's own or a colleague's. Input is refused unless it is exactly an UndoRequest. */
export async function undoChange(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const request = undoRequest.safeParse(input);
  return request.success ? undoBatch(staff.id, request.data) : unreadable;
}

/**
 * Freezes the contacts that match a printed filter, to change them in one batch. Any staff may. Refuses a filter that
 * it cannot read in full, because dropping a part would widen the set.
 */
export async function freezeContacts(input: unknown): Promise<FreezeResult> {
  const staff = await requireStaff();
  const request = freezeRequest.safeParse(input);
  const { filter, problems } = parseFilter(new URLSearchParams(request.data?.filter));
  if (!request.success || problems.length > 0) return unreadable;
  const frozen = await answer(async () => freezeMatching(filter, await getViewer(staff)));
  if (frozen === null) return refuse("No contacts match any more.");
  if (frozen === "too many") {
    const limit = formatCount(setLimit);
    return refuse(`More than ${limit} contacts match. Narrow the filter and change them in parts.`);
  }
  return "ok" in frozen ? frozen : { ok: true, set: frozen };
}

/** Starts to change a frozen set of the person's own. Input is refused unless it is exactly a BulkRequest. */
export async function startBulkChange(input: unknown): Promise<BulkStart> {
  const staff = await requireStaff();
  const request = bulkRequest.safeParse(input);
  if (!request.success) return unreadable;
  const started = await answer(() => startBulk(staff.id, request.data));
  if (started.ok) wakeBulkRunner();
  return started;
}

/**
 * Starts to assign a person's contacts to somebody else, or to nobody. Admins only. Input is refused unless it is
 * exactly a HandoverRequest.
 */
export async function handOver(input: unknown): Promise<BulkStart | null> {
  const admin = await requireStaff("admin");
  const request = handoverRequest.safeParse(input);
  if (!request.success) return unreadable;
  const started = await answer(async () => startHandover(await getViewer(admin), request.data));
  if (started?.ok) wakeBulkRunner();
  return started;
}

/** The progress of a large change. Any staff may ask. */
export async function askBulk(input: unknown): Promise<Loaded<BulkProgress | null>> {
  await requireStaff();
  const request = batchRequest.safeParse(input);
  return load(request.success ? getBulk(request.data.batch) : Promise.resolve(null), "/contacts");
}

/** Which contacts a large change left alone, and why. Any staff may ask. */
export async function askBulkConflicts(input: unknown): Promise<Loaded<Conflict[]>> {
  await requireStaff();
  const request = batchRequest.safeParse(input);
  return load(request.success ? listBulkConflicts(request.data.batch) : Promise.resolve([]), "/contacts");
}

/** Stops a large change of the person's own. What it has changed stays, and can be undone. */
export async function stopBulk(input: unknown): Promise<Loaded<null>> {
  const staff = await requireStaff();
  const request = batchRequest.safeParse(input);
  const stopping = request.success ? cancelBulk(staff.id, request.data.batch).then(() => null) : Promise.resolve(null);
  const stopped = await load(stopping, "/contacts");
  wakeBulkRunner();
  return stopped;
}

export type FreezeResult = { ok: true; set: FrozenSet } | ChangeFailure;

/** Runs the work. Expected database errors become a failure with a message; all others are thrown. */
async function answer<T>(work: () => Promise<T>): Promise<T | ChangeFailure> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") throw error;
    return { ok: false, code: code === "bad_input" ? "invalid" : "busy", message };
  }
}

const refuse = (message: string): ChangeFailure => ({ ok: false, code: "invalid", message });

const unreadable: ChangeFailure = {
  ok: false,
  code: "invalid",
  message: deskWords.unreadable,
};
