import { explainNoAnswer, type NoAnswer } from "./no-answer";

/** What to do once nothing is being saved any more; the host sets it to refresh the page. */
let whenSettled: () => void = () => undefined;
let waiting = 0;
let queue: Promise<unknown> = Promise.resolve();

export function onSettled(refresh: () => void): () => void {
  whenSettled = refresh;
  return () => {
    whenSettled = () => undefined;
  };
}

/** The browser then asks whether to leave: a change on its way could be lost with the page. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** One after the other: a second key on the same contact must carry the version that the first one made. */
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

/** The action's answer, or what is to be said where none came. */
export async function ask<T>(action: () => Promise<T>): Promise<T | ({ ok: false } & NoAnswer)> {
  try {
    return await action();
  } catch (error) {
    return { ok: false, ...explainNoAnswer(error) };
  }
}

/** Whether a request may have been carried out all the same. Offline too: the network can go after it was sent. */
export const isLost = (code: string) => code === "unknown" || code === "offline";

/** Requests whose answer was lost, by their key. */
const lost = new Map<string, { ids: string[]; resend: () => Promise<unknown> }>();

/** Notes that an answer was lost. Sent again under its key, a request happens once, and its answer says what became of it. */
export function noteLost(key: string, ids: string[], resend: () => Promise<unknown>): void {
  lost.set(key, { ids, resend });
}

/** Its answer came, or it is being sent again. */
export function forgetLost(key: string): void {
  lost.delete(key);
}

/** Why requests changed nothing, by their key. */
const refused = new Map<string, string>();

/** Notes that a request changed nothing; without a reason, that it is not so any more. */
export function noteRefused(key: string, why?: string): void {
  if (why === undefined) refused.delete(key);
  else refused.set(key, why);
}

/** Why a request changed nothing, where it did not. */
export function findRefused(key: string): string | undefined {
  return refused.get(key);
}

type LostOf = { ids: string[]; batch?: string; except: string };

/**
 * Asks again for the answers that were lost about these contacts, or of this batch: what comes after them must know the
 * version they made. A request may even still be on its way, and would then be carried out after what was meant to undo it.
 * @param except the key of a request that is being sent again anyway
 * @return whether all of them have come
 */
export async function findLostAnswers({ ids, batch, except }: LostOf): Promise<boolean> {
  const wanted = [...lost].filter(
    ([key, request]) => key !== except && (key === batch || request.ids.some((id) => ids.includes(id))),
  );
  for (const [, { resend }] of wanted) await resend();
  return wanted.every(([key]) => !lost.has(key));
}
