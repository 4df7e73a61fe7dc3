"use client";
import { toast } from "@/components/ui/toast/toast";
import { deskWords } from "@/lib/desk/wording";
import { setPreferences } from "@/lib/staff/actions";
import type { Preferences } from "@/lib/staff/preferences";

/** Sets some of one's own preferences, and reports a failure. */
export async function prefer(change: Partial<Preferences>): Promise<void> {
  try {
    const result = await setPreferences(change);
    if (!result.ok) toast.error(result.message);
  } catch (error) {
    // Next's own error: it redirects the person to the sign-in page.
    if (String((error as { digest?: unknown } | null)?.digest).startsWith("NEXT_")) throw error;
    toast.error(deskWords.notSaved);
  }
}
