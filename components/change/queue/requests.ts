import { explainNoAnswer, type NoAnswer } from "./no-answer";

/** Called once nothing is being saved any more; the host sets it to refresh the page. */
let whenSettled: () => void = () => undefined;
let waiting = 0;
let queue: Promise<unknown> = Promise.resolve();

export function onSettled(refresh: () => void): () => void {
  whenSettled = refresh;
  return () => {
    whenSettled = () => undefined;
  };
}

/** Lets the browser ask before leaving the page, because a change in progress could be lost. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Runs requests one by one, because a second change of a contact must send the version that the first one made. */
export function enqueue<T>(work: () => Promise<T>): Promise<T> {
  if (waiting++ === 0) addEventListener("beforeunload", askBeforeLeaving);
  const result = queue.then(work).finally(() => {
    if (--waiting > 0) return;
    removeEventListener("beforeunload", askBeforeLeaving);
    whenSettled();
  });
  queue = result.catch(() => undefined);
  return result;
}

/** The action's answer, or a message if there was none. */
export async function ask<T>(action: () => Promise<T>): Promise<T | ({ ok: false } & NoAnswer)> {
  try {
    return await action();
  } catch (error) {
    return { ok: false, ...explainNoAnswer(error) };
  }
}

/** Whether a request may have been carried out anyway. "offline" counts, because the network can fail after sending. */
export const isLost = (code: string) => code === "unknown" || code === "offline";

/** Requests whose answer was lost, by key. */
const lost = new Map<string, { ids: string[]; resend: () => Promise<unknown> }>();

/** Records a lost answer. Sent again under its key, a request happens only once, and its answer tells the result. */
export function noteLost(key: string, ids: string[], resend: () => Promise<unknown>): void {
  lost.set(key, { ids, resend });
}

/** Removes a lost request, because its answer came or it is being sent again. */
export function forgetLost(key: string): void {
  lost.delete(key);
}

/** Why requests changed nothing, by key. */
const refused = new Map<string, string>();

/** Records why a request changed nothing; without a reason, removes that record. */
export function noteRefused(key: string, why?: string): void {
  if (why === undefined) refused.delete(key);
  else refused.set(key, why);
}

/** Why a request changed nothing, if that is known. */
export function findRefused(key: string): string | undefined {
  return refused.get(key);
}

type LostOf = { ids: string[]; batch?: string; except: string };

/**
 * Sends lost requests about these contacts, or of this batch, again. The next request needs the versions they made. A
 * lost request may even arrive late, and would then be carried out after its own undo.
 * @param except the key of a request that is being sent again anyway
 * @return whether all answers have come
 */
export async function findLostAnswers({ ids, batch, except }: LostOf): Promise<boolean> {
  const wanted = [...lost].filter(
    ([key, request]) => key !== except && (key === batch || request.ids.some((id) => ids.includes(id))),
  );
  for (const [, { resend }] of wanted) await resend();
  return wanted.every(([key]) => !lost.has(key));
}
