import { z } from "zod";
import { longestRetention, shortestRetention } from "./retention-rules";

/**
 * Rules as a browser sends them and as the database stores them. Separate from what the form imports, so that zod is
 * not sent to browsers.
 */
export const retentionSchema = z
  .array(
    z.strictObject({
      status: z.string().min(1).max(50),
      days: z
        .int("Enter a whole number of days.")
        .min(shortestRetention, `At least ${shortestRetention} days.`)
        .max(longestRetention, `At most ${longestRetention} days.`),
    }),
  )
  .max(20)
  .refine((rules) => new Set(rules.map(({ status }) => status)).size === rules.length, "One age for each status.");
