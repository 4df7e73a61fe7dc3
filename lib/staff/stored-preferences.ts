import { z } from "zod";
import { defaultPreferences, densities, type Preferences, themes } from "./preferences";

/**
 * A list of columns, as chosen and as stored. It does not check that the columns exist: the list ignores unknown ones.
 * So nobody loses their order when a column is removed.
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

/**
 * A view's id: a UUID, or the name of a built-in view; null is none. Whether the view exists is checked with the views.
 */
export const viewIdSchema = z.string().min(1).max(60).nullable();

/** The name of a kind of file. As with the list's columns, whether there is such a kind is checked where it is used. */
export const exportFormatSchema = z.string().min(1).max(20).nullable();

/** The names of an export's columns. Those that no longer exist are ignored. */
export const exportColumnsSchema = z.array(z.string().min(1).max(40)).min(1).max(60).nullable();

/** Preferences as stored in `staff.preferences`. Each missing or malformed part falls back to its default. */
const preferencesSchema: z.ZodType<Preferences> = z
  .object({
    theme: z.enum(themes).catch(defaultPreferences.theme),
    density: z.enum(densities).catch(defaultPreferences.density),
    keys: z.boolean().catch(defaultPreferences.keys),
    columns: columnsSchema.catch(defaultPreferences.columns),
    defaultView: viewIdSchema.catch(defaultPreferences.defaultView),
    exportFormat: exportFormatSchema.catch(defaultPreferences.exportFormat),
    exportColumns: exportColumnsSchema.catch(defaultPreferences.exportColumns),
  })
  .catch(defaultPreferences);

/** The preferences in a stored JSON value; never throws. */
export function parsePreferences(stored: unknown): Preferences {
  return preferencesSchema.parse(stored ?? {});
}
