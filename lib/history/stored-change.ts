import { z } from "zod";
import type { Assignments } from "@/lib/change/assignments";
import { type StatusStep, toStatusStep } from "@/lib/change/status-step";

/** What a batch was asked to set, read tolerantly. Older batches have only a status; anything odd counts as nothing. */
const request = z
  .object({
    status: z.string().optional(),
    change: z
      .object({
        status: z.string().nullable().optional(),
        assigneeId: z.string().nullable().optional(),
        snoozedUntil: z.string().nullable().optional(),
        spamReason: z.string().nullable().optional(),
        duplicateOf: z.string().nullable().optional(),
      })
      .optional(),
  })
  .catch({});

/** What the request of a stored batch set; empty if nothing of it can be read. Never throws. */
export function readStoredChange(stored: unknown): Assignments {
  const { change, status } = request.parse(stored ?? {});
  return change ?? (status === undefined ? {} : { status });
}

const statuses = z.array(z.string().nullable());

const ends = z.object({ from: statuses, to: statuses }).nullable().catch(null);

/**
 * The status change of a batch's contacts, from their stored statuses before and after. Null for older large batches,
 * which store none. Never throws.
 */
export function readStoredStep(stored: unknown): StatusStep | null {
  const found = ends.parse(stored ?? null);
  return found && toStatusStep(found);
}
