/**
 * The texts of views. Those of their menu and dialogs are beside them, because they load later. Why a view was not saved
 * stands in lib/views/words.ts.
 */
export const viewWords = {
  views: "Views",
  shared: "Shared",
  sharedBy: (view: string, owner: string) => `${view}, shared by ${owner}`,
  edited: "• edited",
  view: "View:",
  saveView: "Save view",
  saved: (view: string) => `“${view}” saved.`,
  savedWithColumns: (view: string) => `“${view}” saved with its columns.`,
  deleted: (view: string) => `“${view}” deleted.`,
  gone: "The view in this link was deleted or is not shared with you. The filter is as it was.",
  partly: "is only partly shown. Not understood:",
};
