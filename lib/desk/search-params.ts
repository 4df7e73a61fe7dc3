/** A page's parameters as Next hands them over. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** The parameters as the address has them: a key that stands there twice is there twice. */
export function toParams(given: SearchParams): URLSearchParams {
  const pairs = Object.entries(given).flatMap(([key, values]) => [values ?? []].flat().map((value) => [key, value]));
  return new URLSearchParams(pairs);
}
