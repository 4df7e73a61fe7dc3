import type { Loaded } from "@/components/inbox/row";
import { describeDatabaseError } from "@/lib/database/errors";

/** What comes after the rows may fail without taking them along: the page then says why it is not there. */
export async function load<T>(loading: Promise<T>): Promise<Loaded<T>> {
  try {
    return { ok: true, value: await loading };
  } catch (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") console.error(error);
    return { ok: false, message };
  }
}
