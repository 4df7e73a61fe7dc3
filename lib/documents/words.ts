/** The texts about documents and their files. */
export const documentWords = {
  documents: "Documents",
  none: "No documents",
  noName: "No file name",
  selected: "Selected document",
  shown: (shown: number, all: string) => `The first ${shown} of ${all}.`,
  open: "Open",
  openInNewTab: (name: string) => `Open ${name} in a new tab`,
  detailsOf: (name: string) => `Details of ${name}`,
  downloadAll: (count: string) => `Download all (${count})`,
  downloadOne: (name: string) => `Download ${name}`,
  previewOne: (name: string) => `Preview ${name}`,
  hideOne: (name: string) => `Hide ${name}`,
  previewOf: (name: string) => `Preview of ${name}`,
  closePreview: "Close preview",
  archive: (files: string) => `A ZIP archive with ${files}. Download it to open them.`,
  archiveBeginning: (files: string) => `A ZIP archive. The first ${files} of its list:`,
  archiveLonger: "Its list is longer. Download it to see all of it.",
  archiveDamaged: "The rest of its list is damaged.",
  locked: "password",
  attachments: "Attachments",
  noText: "This e-mail has no text.",
  mailBeginning: "This is the beginning. Download it to read all of it.",
  partOfPicture: "This picture is damaged. Only a part of it can be shown.",
  complexity: (complexity: number | string) => `complexity ${complexity}`,
  moreTags: (count: number) => ` and ${count} more`,
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomFit: "Fit",
  zoomed: (percent: number) => `${percent} %`,
  /** The name of a contact's archive. */
  allFiles: (name: string) => `${name} documents.zip`,
  /** The name of the text in it about files that it lacks. */
  notIncluded: "Not included.txt",
  signIn: "Sign in to open documents.",
  whichContact: "Say whose documents: ?contact=, and the id of the contact.",
  previousPage: "Previous page",
  nextPage: "Next page",
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  unplaced: "The website didn't say where this file is stored, so it can't be opened.",
};

/** What a file is that has no preview: "a TIFF picture". */
export const describeUnshown = (what: string) => `This is ${what}. It has no preview. Download it to open it.`;

/** Why a file cannot be previewed or downloaded. */
export const fileWords = {
  unknown: "There is no such document.",
  noFiles: "This contact has no documents.",
  cut: "The document store broke off. Only the beginning of this file is here.",
  no_location: documentWords.unplaced,
  missing: "The file is missing from the store.",
  empty: "The file is empty.",
  not_configured: "No document store is set up. Tell an admin.",
  unreachable: "The document store does not answer. Try again in a moment.",
  not_previewed: "This kind of file has no preview. Download it to read it.",
  damaged_picture: "This picture is damaged and can't be shown. Download it to look at it.",
  markup: "Web pages and vector drawings can contain programs, so they have no preview. Download it to read it.",
  busy: "You have many documents open at once. Wait until one has loaded, then try again.",
  too_large: "This file is too large to preview. Download it to read it.",
  too_many_pixels: "This picture has too many pixels to preview. Download it to look at it.",
  not_measured: "This picture's size can't be checked in advance, so it has no preview. Download it to look at it.",
};

/** Why a PDF cannot be drawn. */
export const pdfWords = {
  password: "This file is protected by a password. Download it to read it.",
  damaged: "This file is damaged and can't be shown. Download it to look at it.",
  pageSize: "This page is too long, wide or small to show here. Download the file to read it.",
  other: "This file can't be shown here. Download it to read it.",
};
