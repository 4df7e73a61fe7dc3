import { z } from "zod";
import { fewestMonths, mostMonths } from "./month-rules";

const months = (fewest: number) =>
  z
    .int("Enter a whole number of months.")
    .min(fewest, `At least ${fewest} months.`)
    .max(mostMonths, `At most ${mostMonths} months.`)
    .nullable();

/** Rules as a browser sends them. Separate from what the form imports, so that zod is not sent to browsers. */
export const monthRulesSchema = z.strictObject({
  history: months(fewestMonths.history),
  events: months(fewestMonths.events),
});
