import { z } from "zod";
import { isNotGiven } from "@/lib/database/not-given";
import { isStorable } from "@/lib/database/values";
import { trimText } from "@/lib/text/visible-text";
import type { BusinessWeek } from "./business-time";
import { defaultTargets, defaultWeek, longestTarget, type ResponseTargets, shortestOpening } from "./response-targets";

const mostServices = 100;

const hoursSchema = z
  .strictObject({ from: z.int().min(0).max(1_440), to: z.int().min(0).max(1_440) })
  .refine(
    ({ from, to }) => to - from >= shortestOpening,
    "A day is open for at least an hour, and closes after it opens.",
  );

/** The strict schema of the desk's week. */
export const weekSchema = z.array(hoursSchema.nullable()).length(7);

const targetSchema = z
  .number({ error: "Enter a number of hours." })
  .multipleOf(0.25, "Use quarters of an hour.")
  .min(0.25, "Use at least a quarter of an hour.")
  .max(longestTarget, `Use at most ${longestTarget} hours.`)
  .nullable();

/** The strict schema of the response targets; each service occurs once. */
export const targetsSchema = z.strictObject({
  otherwise: targetSchema,
  services: z
    .array(z.strictObject({ service: z.string().refine(isService, "Enter the service's name."), hours: targetSchema }))
    .max(mostServices, `Use at most ${mostServices} services.`)
    .refine((all) => new Set(all.map(({ service }) => service)).size === all.length, "Name each service once."),
});

function isService(name: string): boolean {
  return !isNotGiven(trimText(name)) && [...name].length <= 255 && isStorable(name);
}

/** The week in a stored JSON value; the default if it is malformed. */
export function parseWeek(stored: unknown): BusinessWeek {
  return weekSchema.catch([...defaultWeek]).parse(stored);
}

/** The targets in a stored JSON value; the default if it is malformed. */
export function parseTargets(stored: unknown): ResponseTargets {
  return targetsSchema.catch(defaultTargets).parse(stored);
}
