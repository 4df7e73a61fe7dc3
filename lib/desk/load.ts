import "server-only";
import { describeDatabaseError } from "@/lib/database/errors";
import { logFailedRequest } from "@/lib/runtime/log";

/** The result of loading something secondary: its value, or a message that says why it could not be loaded. */
export type Loaded<T> = { ok: true; value: T } | { ok: false; message: string };

/** Loads a part that may fail without failing the page. An unexpected error is logged, without values. */
export async function load<T>(loading: Promise<T>, route: string): Promise<Loaded<T>> {
  try {
    return { ok: true, value: await loading };
  } catch (error) {
    const { code, message } = describeDatabaseError(error);
    if (code === "unexpected") logFailedRequest(error, { method: "GET", route, kind: "part" });
    return { ok: false, message };
  }
}
