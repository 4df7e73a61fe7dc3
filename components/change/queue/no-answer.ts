import { resultWords } from "@/lib/change/result-words";
import { busyWords } from "@/lib/server/shares/busy-words";

/** Why an action of the server gave no answer, and whether it is sure that nothing happened. */
export type NoAnswer = { code: "signed_out" | "offline" | "busy" | "unknown"; message: string };

/**
 * What to say when an action threw instead of answering. A redirect is the refusal of somebody who is signed in no longer:
 * nothing happened. An answer that was lost on the way says nothing of what became of the action.
 */
export function explainNoAnswer(error: unknown): NoAnswer {
  if (String((error as { digest?: unknown } | null)?.digest).startsWith("NEXT_")) {
    return { code: "signed_out", message: resultWords.signedOut };
  }
  if ((error as { message?: unknown } | null)?.message === busyWords) return { code: "busy", message: busyWords };
  if (!navigator.onLine) {
    return { code: "offline", message: resultWords.offline };
  }
  return { code: "unknown", message: resultWords.unanswered };
}
