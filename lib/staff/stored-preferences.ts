import { z } from "zod";
import { defaultPreferences, densities, type Preferences, themes } from "./preferences";

/**
 * A list of columns, as chosen and as stored. Which columns there are is the list's to know: it passes over what it has
 * not, so that a column that goes takes nobody's order with it.
 */
export const columnsSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1).max(40),
      width: z.int().min(40).max(2_000).optional(),
      shown: z.boolean().optional(),
    }),
  )
  .max(40)
  .nullable();

/** A view's id, which is a UUID or a word of the ready-made ones; null is none. Whether there is such a view, views know. */
export const viewIdSchema = z.string().min(1).max(60).nullable();

/** What a person prefers, as stored in `staff.preferences`. Every part may be missing or odd: each has a fallback. */
const preferencesSchema: z.ZodType<Preferences> = z
  .object({
    theme: z.enum(themes).catch(defaultPreferences.theme),
    density: z.enum(densities).catch(defaultPreferences.density),
    keys: z.boolean().catch(defaultPreferences.keys),
    columns: columnsSchema.catch(defaultPreferences.columns),
    defaultView: viewIdSchema.catch(defaultPreferences.defaultView),
  })
  .catch(defaultPreferences);

/** The preferences in a stored JSON value; never throws. */
export function parsePreferences(stored: unknown): Preferences {
  return preferencesSchema.parse(stored ?? {});
}
