import "server-only";
import { describeDatabaseError } from "@/lib/database/errors";
import { logFailedRequest } from "@/lib/runtime/log";

/** Something that is loaded beside what matters most, or the words for why it could not be. */
export type Loaded<T> = { ok: true; value: T } | { ok: false; message: string };

/** Loads what may fail without taking the page along. A failure nobody expected is logged, without values. */
export async function load<T>(loading: Promise<T>, route: string): Promise<Loaded<T>> {
  try {
    return { ok: true, value: await loading };
  } catch (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") logFailedRequest(error, { method: "GET", route, kind: "part" });
    return { ok: false, message };
  }
}
