import { noAnswerWords } from "@/lib/change/no-answer-words";
import { busyWords } from "@/lib/server/shares/busy-words";

/** Why a server action gave no answer; the code tells whether it may have been carried out. */
export type NoAnswer = { code: "signed_out" | "offline" | "busy" | "unknown"; message: string };

/**
 * What to say if an action threw instead of answering. A redirect means that the person is signed out, so nothing
 * happened. If the answer was lost on the way, the result is unknown.
 */
export function explainNoAnswer(error: unknown): NoAnswer {
  if (String((error as { digest?: unknown } | null)?.digest).startsWith("NEXT_")) {
    return { code: "signed_out", message: noAnswerWords.signedOut };
  }
  if ((error as { message?: unknown } | null)?.message === busyWords) return { code: "busy", message: busyWords };
  if (!navigator.onLine) {
    return { code: "offline", message: noAnswerWords.offline };
  }
  return { code: "unknown", message: noAnswerWords.unanswered };
}
