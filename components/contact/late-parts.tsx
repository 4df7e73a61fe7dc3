"use client";
import { type ComponentProps, lazy } from "react";
import { useCommands } from "@/components/keys/obeyed";
import { focusNoteBox } from "@/components/notes/focus-note-box";
import { Late } from "@/components/ui/late";
import { loadedLater } from "@/components/ui/loaded-later";

/**
 * The parts of a contact that are late (components/ui/late.tsx). Most visits to the inbox open no contact, so these
 * come with the first.
 */
const loadNotes = loadedLater(() =>
  import("@/components/notes/notes-section").then(({ NotesSection }) => ({ default: NotesSection })),
);
const loadNews = loadedLater(() =>
  import("@/components/live/contact-news").then(({ ContactNews }) => ({ default: ContactNews })),
);
const loadPreview = loadedLater(() =>
  import("@/components/documents/document-preview").then(({ DocumentPreview }) => ({ default: DocumentPreview })),
);
const loadStream = loadedLater(() =>
  import("@/components/live/contact-stream").then(({ ContactStream }) => ({ default: ContactStream })),
);
const loadCopy = loadedLater(() =>
  import("@/components/ui/copy-button").then(({ CopyButton }) => ({ default: CopyButton })),
);
const loadUndoButton = loadedLater(() =>
  import("@/components/history/undo-batch-button").then(({ UndoBatchButton }) => ({ default: UndoBatchButton })),
);
const NotesSection = lazy(loadNotes);
const ContactNews = lazy(loadNews);
const DocumentPreview = lazy(loadPreview);
const ContactStream = lazy(loadStream);
const CopyButton = lazy(loadCopy);
const UndoButton = lazy(loadUndoButton);

/** Loads their code, while the server is being asked for the contact. */
export function prepareContact(): void {
  for (const load of [loadNotes, loadNews, loadPreview, loadCopy, loadUndoButton]) void load();
}

/** A contact's notes beside the list; on its own page they come with the page. Their key works at once. */
export function LateNotes(props: ComponentProps<typeof NotesSection>) {
  useCommands("contact", { note: () => () => focusNoteBox(props.contactId) });
  return (
    <Late>
      <NotesSection {...props} />
    </Late>
  );
}

/** What others do to a contact meanwhile. */
export function LateContactNews(props: ComponentProps<typeof ContactNews>) {
  return (
    <Late>
      <ContactNews {...props} />
    </Late>
  );
}

/** Listens for changes to the one contact on the screen; renders nothing. The list beside a panel listens for both. */
export function LateContactStream(props: ComponentProps<typeof ContactStream>) {
  return (
    <Late>
      <ContactStream {...props} />
    </Late>
  );
}

/** The preview of a document's file. */
export function LateDocumentPreview(props: ComponentProps<typeof DocumentPreview>) {
  return (
    <Late>
      <DocumentPreview {...props} />
    </Late>
  );
}

/** The button that copies the e-mail address. */
export function LateCopyButton(props: ComponentProps<typeof CopyButton>) {
  return (
    <Late>
      <CopyButton {...props} />
    </Late>
  );
}

/** The button that takes a change of the history back. */
export function LateUndoButton(props: ComponentProps<typeof UndoButton>) {
  return (
    <Late>
      <UndoButton {...props} />
    </Late>
  );
}
