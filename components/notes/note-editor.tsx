"use client";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { pressedKey } from "@/components/ui/pressed-key";
import { deskWords } from "@/lib/desk/wording";
import { setNoteText } from "@/lib/notes/actions";
import { findNoteProblem, type Note } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";
import { dropDraft, keepDraft, readDraft } from "./drafts";
import { NoteForm } from "./note-form";
import { NoteText } from "./note-text";
import { ask } from "./send-note";

type NoteEditorProps = { note: Note; draftKey: string; onSaved: (note: Note) => void; onClose: () => void };

type Conflict = { message: string; note: Note };

/** Edits one's own note. If somebody saved first, both texts are shown and the person decides. */
export function NoteEditor({ note, draftKey: key, onSaved, onClose }: NoteEditorProps) {
  const [{ text, version }, setDraft] = useState(() => {
    const kept = readDraft(key);
    return { text: kept?.text ?? note.text, version: kept?.version ?? note.version };
  });
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
  }, []);

  function type(next: string) {
    setDraft({ text: next, version });
    setProblem(null);
    keepDraft(key, { text: next, version });
  }
  function close() {
    dropDraft(key, text);
    onClose();
  }
  async function save(seen: number) {
    const refused = findNoteProblem(text);
    setProblem(refused);
    if (refused) return;
    setDraft({ text, version: seen });
    keepDraft(key, { text, version: seen });
    setSaving(true);
    const result = await ask(() => setNoteText({ id: note.id, version: seen, text }));
    setSaving(false);
    if (!result) return;
    if (result.ok) {
      dropDraft(key, text);
      onSaved(result.note);
    } else if (result.code === "stale") setConflict(result);
    else setProblem(result.message);
  }

  return (
    <div className="flex flex-col gap-2">
      {conflict ? (
        <div role="alert" className="flex flex-col gap-1.5 rounded-[7px] border border-warn bg-warn-soft px-2.5 py-2">
          <p className="font-medium">
            {conflict.message} {noteWords.nothingOverwritten}
          </p>
          {conflict.note.deleted ? null : <NoteText text={conflict.note.text} />}
          <div className="flex flex-wrap gap-2">
            <Button size="small" onClick={() => void save(conflict.note.version)} aria-disabled={saving}>
              {conflict.note.deleted ? noteWords.restoreWithMine : noteWords.useMine}
            </Button>
            <Button
              size="small"
              onClick={() => {
                dropDraft(key, text);
                onSaved(conflict.note);
              }}
            >
              {conflict.note.deleted ? noteWords.leaveDeleted : noteWords.keepSaved}
            </Button>
          </div>
        </div>
      ) : null}
      <NoteForm
        boxRef={box}
        label={conflict ? noteWords.notSaved : noteWords.edit}
        text={text}
        onText={type}
        onSave={() => void save(conflict?.note.version ?? version)}
        saveLabel={conflict ? noteWords.saveMine : noteWords.save}
        saving={saving}
        problem={problem}
        unfolded={!conflict}
        onKeyDown={(event) => {
          if (pressedKey(event) !== "Escape") return;
          event.stopPropagation();
          // Escape never discards typed text.
          if (text === note.text) close();
          else event.currentTarget.blur();
        }}
      >
        <Button size="small" look="quiet" onClick={close}>
          {deskWords.cancel}
        </Button>
      </NoteForm>
    </div>
  );
}
