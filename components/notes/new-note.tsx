"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { newKey } from "@/components/change/queue/new-key";
import { addNote, setNoteText } from "@/lib/notes/actions";
import { findNoteProblem, type Note } from "@/lib/notes/note";
import { type Draft, draftKey, dropDraft, keepDraft, readDraft } from "./drafts";
import { focusNoteBox, isWanted } from "./focus-note-box";
import { NoteForm } from "./note-form";
import { ask } from "./send-note";

type NewNoteProps = {
  contactId: string;
  me: string;
  /** Those that are there already. */
  notes: Note[];
  onSaved: (note: Note) => void;
};

/** Where a note is typed. What is typed stays here, through reloads and signing in again, until the server has it. */
export function NewNote({ contactId, me, notes, onSaved }: NewNoteProps) {
  const key = draftKey(me, { contactId });
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [restored, setRestored] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const begin = useEffectEvent(() => {
    const kept = readUnsaved(key, notes);
    // Typed before the page had come alive.
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
    // Kept under its id first: whatever becomes of the answer, it can be sent again and is one note.
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
      label="Add a note"
      placeholder="Add a note"
      text={text}
      onText={type}
      onSave={() => void save()}
      saveLabel="Add note"
      saving={saving}
      problem={problem}
      unfolded={text !== ""}
      onKeyDown={(event) => {
        // Gives the keys back to the page; what is typed stays.
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    >
      {restored && !problem ? <span className="text-ink-2">Not saved yet; it was kept in this browser.</span> : null}
    </NoteForm>
  );
}

/** What is kept of a draft; a note whose answer was lost with the page, but that is there, was saved. */
function readUnsaved(key: string, notes: Note[]): Draft | null {
  const kept = readDraft(key);
  if (!kept || !notes.some(({ id, text }) => id === kept.sent && text === kept.text)) return kept;
  dropDraft(key, kept.text);
  return null;
}

/** Sends a note. One whose first answer was lost and that was typed on since becomes an edit of what was saved then. */
async function send(id: string, contactId: string, text: string) {
  const result = await addNote({ id, contactId, text });
  if (result.ok || result.code !== "taken") return result;
  return setNoteText({ id, version: result.note.version, text });
}
