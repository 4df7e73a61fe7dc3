/** A page's parameters as Next hands them over. */
export type SearchParams = Record<string, string | string[] | undefined>;

/**
 * The parameters as the address has them: a key that stands there twice is there twice. Only text: of "constructor" Next gives
 * what every object has by that name.
 */
export function toParams(given: SearchParams): URLSearchParams {
  const pairs = Object.entries(given).flatMap(([key, values]) =>
    [values ?? []].flat().flatMap((value) => (typeof value === "string" ? [[key, value]] : [])),
  );
  return new URLSearchParams(pairs);
}
