/** What the website's form stores where the visitor chose nothing. not-given-sql.ts says the same to the database. */
export const notSpecified = "Not specified";

/** Whether a stored value is one of those that stand for "not given": none, '' and 'Not specified', exactly. */
export function isNotGiven(stored: unknown): boolean {
  return stored === undefined || stored === null || stored === "" || stored === notSpecified;
}
