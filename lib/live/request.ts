import { z } from "zod";
import { contactIdSchema } from "@/lib/contact/identifier";
import type { LiveRequest } from "./href";

const instant = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number);

const schema = z.strictObject({
  list: z.string().max(8_000).optional(),
  contact: contactIdSchema.optional(),
  since: instant,
  after: instant.optional(),
});

/**
 * Parses a request for live news. Null if it is not what `liveHref` prints. `lastEventId` is where a cut stream
 * continues.
 */
export function parseLive(params: URLSearchParams, lastEventId: string | null): LiveRequest | null {
  const parsed = schema.safeParse(Object.fromEntries(params));
  if (!parsed.success) return null;
  const { list = null, contact = null, since, after = null } = parsed.data;
  return { list, contact, since, after: instant.safeParse(lastEventId).data ?? after };
}
