/** A page's parameters as Next passes them. */
export type SearchParams = Record<string, string | string[] | undefined>;

/**
 * The parameters as in the address; a repeated key stays repeated. Only strings are kept, because for the key
 * "constructor" Next passes the function that every object inherits.
 */
export function toParams(given: SearchParams): URLSearchParams {
  const pairs = Object.entries(given).flatMap(([key, values]) =>
    [values ?? []].flat().flatMap((value) => (typeof value === "string" ? [[key, value]] : [])),
  );
  return new URLSearchParams(pairs);
}
