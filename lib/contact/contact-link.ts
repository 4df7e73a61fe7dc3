/**
 * The id of the contact that a text means: an id as it is, or a link to a contact's page, to the inbox with it open, or
 * to /contacts/open. Null for an empty text, and for a link of the desk that names no contact.
 */
export function parseContactLink(text: string): string | null {
  const given = text.trim();
  if (given === "") return null;
  const path = /^(?:https?:\/\/[^/\s]+)?(\/contacts(?:[/?#].*)?)$/i.exec(given)?.[1];
  if (path === undefined) return given;
  const { pathname, searchParams } = new URL(path, "http://desk");
  const beside = searchParams.get("open") ?? searchParams.get("id");
  const id = pathname.replace(/^\/contacts\/?/, "");
  if (id === "" || id === "open") return beside || null;
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}
