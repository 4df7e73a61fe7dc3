"use client";
import { Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { showFailure, showUndo } from "@/components/ui/toast/action-toasts";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { deskWords } from "@/lib/desk/wording";
import { setNoteDeleted } from "@/lib/notes/actions";
import type { Note } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";
import { draftKey, readDraft } from "./drafts";
import { NoteText } from "./note-text";
import { NoteVersions } from "./note-versions";
import { ask } from "./send-note";

/** Loaded with the first edit, because most notes are only read. */
const later = fetchedLater(() => import("./note-editor"));

type NoteItemProps = {
  note: Note;
  author: string;
  /** The person's id; they may change only their own notes. */
  me: string;
  zone: string;
  now: Date;
  onLearnt: (note: Note) => void;
};

/** One note with its author and time; its author can edit and delete it. */
export function NoteItem({ note, author, me, zone, now, onLearnt }: NoteItemProps) {
  const own = note.authorId === me;
  const key = draftKey(me, { noteId: note.id });
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);

  // An edit that was not saved is reopened, even after signing in again.
  useEffect(() => {
    if (own && readDraft(key)) setEditing(true);
  }, [own, key]);

  async function setDeleted(deleted: boolean) {
    setBusy(true);
    const result = await ask(() => setNoteDeleted({ id: note.id, deleted }));
    setBusy(false);
    if (!result) return;
    if (!result.ok)
      return showFailure(result.message, { label: noteWords.tryAgain, act: () => void setDeleted(deleted) });
    onLearnt(result.note);
    if (deleted) showUndo(note.id, noteWords.deleted, { label: noteWords.undo, act: () => setDeleted(false) });
    else showUndo(note.id, noteWords.noteRestored);
  }

  const parts = useFetched(later, editing, () => {
    setEditing(false);
    showFailure(deskWords.notLoaded);
  });
  if (editing && parts) {
    return (
      <li className="py-2">
        <parts.NoteEditor
          note={note}
          draftKey={key}
          onSaved={(saved) => {
            onLearnt(saved);
            setEditing(false);
          }}
          onClose={() => setEditing(false)}
        />
      </li>
    );
  }
  const age = <Time at={note.createdAt} zone={zone} now={now} className="text-ink-3 tabular-nums" />;
  if (note.deleted) {
    return (
      <li className="flex min-h-8 flex-wrap items-center gap-x-2 text-ink-3" aria-busy={busy}>
        <span>
          {own ? noteWords.you : <bdi>{author}</bdi>} {noteWords.deletedBy} {age}
        </span>
        {own ? (
          <Button size="small" look="quiet" onClick={() => void setDeleted(false)}>
            {noteWords.restore}
          </Button>
        ) : null}
      </li>
    );
  }
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 py-1.5" aria-busy={busy}>
      <Avatar name={author} />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2">
          <bdi className="min-w-0 truncate font-medium">{author}</bdi>
          {age}
          {note.editedAt ? <NoteVersions noteId={note.id} editedAt={note.editedAt} zone={zone} now={now} /> : null}
          {own ? (
            <span className="ml-auto flex">
              <IconButton label={noteWords.edit} onClick={() => setEditing(true)}>
                <Pencil size={13} aria-hidden="true" />
              </IconButton>
              <IconButton label={noteWords.delete} onClick={() => void setDeleted(true)}>
                <Trash2 size={13} aria-hidden="true" />
              </IconButton>
            </span>
          ) : null}
          <div className="order-1 basis-full">
            <NoteText text={note.text} />
          </div>
        </div>
      </div>
    </li>
  );
}

function IconButton({ label, ...props }: { label: string; onClick: () => void; children: ReactNode }) {
  return <Button size="icon" look="quiet" className="size-6 text-ink-3" aria-label={label} title={label} {...props} />;
}
