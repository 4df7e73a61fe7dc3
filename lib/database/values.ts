/** Whether PostgreSQL takes a text as a uuid and prints it in the same form. Any version: not only those that are made today. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Whether PostgreSQL can keep a text: it has none with NUL or half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}
