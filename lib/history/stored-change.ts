import { z } from "zod";
import type { Assignments } from "@/lib/change/assignments";
import { type StatusStep, toStatusStep } from "@/lib/change/status-step";

/** What a batch was asked to set, tolerantly: older ones say only a status, and whatever is odd says nothing. */
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

/** What the request of a stored batch set; nothing where it set nothing that can be read. Never throws. */
export function readStoredChange(stored: unknown): Assignments {
  const { change, status } = request.parse(stored ?? {});
  return change ?? (status === undefined ? {} : { status });
}

const statuses = z.array(z.string().nullable());

const ends = z.object({ from: statuses, to: statuses }).nullable().catch(null);

/** What became of the status of a batch's contacts, by the ends that are stored. Older large batches have none. Never throws. */
export function readStoredStep(stored: unknown): StatusStep | null {
  const found = ends.parse(stored ?? null);
  return found && toStatusStep(found);
}
