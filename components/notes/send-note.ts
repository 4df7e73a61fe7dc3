import type { NoteFailure } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";

/** The action's answer; null if it redirected the person to sign in. A lost answer does not mean that saving failed. */
export async function ask<T>(action: () => Promise<T>): Promise<T | NoteFailure | null> {
  try {
    return await action();
  } catch (error) {
    if (String((error as { digest?: unknown } | null)?.digest).startsWith("NEXT_")) return null;
    const message = noteWords.unanswered;
    return { ok: false, code: "unknown", message };
  }
}
