/** What the website's form stores where the visitor chose nothing. not-given-sql.ts has the same for SQL. */
export const notSpecified = "Not specified";

/** Whether a stored value means "not given": undefined, null, '' or exactly 'Not specified'. */
export function isNotGiven(stored: unknown): boolean {
  return stored === undefined || stored === null || stored === "" || stored === notSpecified;
}
