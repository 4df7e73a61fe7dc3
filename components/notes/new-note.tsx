"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { newKey } from "@/components/change/queue/new-key";
import { pressedKey } from "@/components/ui/pressed-key";
import { addNote, setNoteText } from "@/lib/notes/actions";
import { findNoteProblem, type Note } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";
import { type Draft, draftKey, dropDraft, keepDraft, readDraft } from "./drafts";
import { focusNoteBox, isWanted } from "./focus-note-box";
import { NoteForm } from "./note-form";
import { ask } from "./send-note";

type NewNoteProps = {
  contactId: string;
  me: string;
  /** The notes that are shown already. */
  notes: Note[];
  onSaved: (note: Note) => void;
};

/** The box for a new note. Typed text stays, through reloads and signing in again, until the server has it. */
export function NewNote({ contactId, me, notes, onSaved }: NewNoteProps) {
  const key = draftKey(me, { contactId });
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [restored, setRestored] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const begin = useEffectEvent(() => {
    const kept = readUnsaved(key, notes);
    // The text may have been typed before React was loaded.
    const typed = box.current?.value ?? "";
    if (typed !== "" && typed !== kept?.text) {
      setDraft({ text: kept ? `${kept.text}\n${typed}` : typed });
    } else {
      setDraft(kept);
      setRestored(kept !== null);
    }
    if (isWanted(contactId)) focusNoteBox(contactId);
  });
  useEffect(() => begin(), []);

  const text = draft?.text ?? "";
  function type(next: string) {
    const changed = { ...draft, text: next };
    setDraft(next === "" ? null : changed);
    setProblem(null);
    if (next === "") dropDraft(key, text);
    else keepDraft(key, changed);
  }

  async function save() {
    const refused = findNoteProblem(text);
    setProblem(refused);
    if (refused) return;
    const sending = { text, sent: draft?.sent ?? newKey() };
    // Stored under its id first: if the answer is lost, it can be sent again without becoming a second note.
    setDraft(sending);
    keepDraft(key, sending);
    setSaving(true);
    const result = await ask(() => send(sending.sent, contactId, text));
    setSaving(false);
    if (!result) return;
    if (!result.ok) return setProblem(result.message);
    dropDraft(key, text);
    setDraft(null);
    setRestored(false);
    onSaved(result.note);
  }

  return (
    <NoteForm
      boxRef={box}
      data-note-box={contactId}
      label={noteWords.addLabel}
      placeholder={noteWords.addLabel}
      text={text}
      onText={type}
      onSave={() => void save()}
      saveLabel={noteWords.add}
      saving={saving}
      problem={problem}
      unfolded={text !== ""}
      onKeyDown={(event) => {
        // Gives the keys back to the page; typed text stays.
        if (pressedKey(event) === "Escape") event.currentTarget.blur();
      }}
    >
      {restored && !problem ? <span className="text-ink-2">{noteWords.restored}</span> : null}
    </NoteForm>
  );
}

/** The stored draft; null if the server has it already, because the answer to saving it was lost with the page. */
function readUnsaved(key: string, notes: Note[]): Draft | null {
  const kept = readDraft(key);
  if (!kept || !notes.some(({ id, text }) => id === kept.sent && text === kept.text)) return kept;
  dropDraft(key, kept.text);
  return null;
}

/**
 * Sends a note. If it was saved before but the answer was lost, and the text has changed since, it is saved as an edit.
 */
async function send(id: string, contactId: string, text: string) {
  const result = await addNote({ id, contactId, text });
  if (result.ok || result.code !== "taken") return result;
  return setNoteText({ id, version: result.note.version, text });
}
