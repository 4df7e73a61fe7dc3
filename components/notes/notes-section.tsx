"use client";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { nameIn, useDesk } from "@/components/desk/desk";
import { useCommands } from "@/components/keys/obeyed";
import { useAwake } from "@/components/ui/late";
import { Section } from "@/components/ui/section";
import type { Loaded } from "@/lib/desk/load";
import { mergeNotes, type Note, type Notes } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";
import { focusNoteBox } from "./focus-note-box";
import { NewNote } from "./new-note";
import { NoteItem } from "./note-item";

type NotesSectionProps = { contactId: string; loaded: Loaded<Notes>; now: Date; level: 2 | 3 };

/** Colleagues' notes on a contact, newest first, below the box for a new one. */
export function NotesSection({ contactId, loaded, now, level }: NotesSectionProps) {
  const desk = useDesk();
  const router = useRouter();
  const [learnt, setLearnt] = useState<ReadonlyMap<string, Note>>(new Map());
  useCommands("contact", { note: () => () => focusNoteBox(contactId) });
  function learn(note: Note) {
    setLearnt((old) => new Map(old).set(note.id, note));
    startTransition(() => router.refresh());
  }

  const { notes, continues } = loaded.ok ? loaded.value : { notes: [], continues: false };
  const shown = mergeNotes(notes, learnt);
  const count = shown.filter(({ deleted }) => !deleted).length;
  return (
    <Section
      id="notes"
      title={noteWords.notes}
      aside={count > 0 ? `${count}${continues ? "+" : ""}` : null}
      level={level}
    >
      <div {...useAwake<HTMLDivElement>()}>
        <NewNote contactId={contactId} me={desk.me} notes={notes} onSaved={learn} />
        {loaded.ok ? null : (
          <p className="mt-1.5 text-fail">
            {noteWords.notLoaded} {loaded.message}
          </p>
        )}
        <ol aria-label={noteWords.notes} className="mt-1.5 empty:hidden">
          {shown.map((note) => (
            <NoteItem
              key={note.id}
              note={note}
              author={nameIn(desk, note.authorId)}
              me={desk.me}
              zone={desk.zone}
              now={now}
              onLearnt={learn}
            />
          ))}
        </ol>
        {continues ? <p className="mt-1 text-ink-3">{noteWords.older}</p> : null}
      </div>
    </Section>
  );
}
