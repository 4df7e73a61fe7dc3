/** The texts for a contact that cannot be shown. Only the server writes them. */
export const missingWords = {
  contactNotShown: "Couldn't show this contact",
  noSuchContact: "No such contact",
  perhapsRemoved: "It may have been deleted since the list was loaded.",
};
