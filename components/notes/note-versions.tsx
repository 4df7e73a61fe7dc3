"use client";
import { useId, useState } from "react";
import { Time } from "@/components/ui/time";
import { browseNoteVersions } from "@/lib/notes/actions";
import type { NoteVersion } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";
import { NoteText } from "./note-text";
import { ask } from "./send-note";

type NoteVersionsProps = { noteId: string; editedAt: Date; zone: string; now: Date };

/** The mark of an edited note, which opens the earlier versions. They are loaded only then. */
export function NoteVersions({ noteId, editedAt, zone, now }: NoteVersionsProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [versions, setVersions] = useState<NoteVersion[]>([]);
  const [words, setWords] = useState<string | null>(null);

  async function toggle() {
    setOpen(!open);
    if (open) return;
    setWords(versions.length > 0 ? null : noteWords.loading);
    const result = await ask(() => browseNoteVersions({ id: noteId }));
    if (!result) return;
    setWords(result.ok ? null : result.message);
    if (result.ok) setVersions(result.versions);
  }

  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => void toggle()}
        className="rounded text-ink-3 underline decoration-dotted underline-offset-2 hover:text-ink"
      >
        {noteWords.edited} <Time at={editedAt} zone={zone} now={now} />
        <span className="sr-only">{noteWords.earlierHint}</span>
      </button>
      {/* Full width, below the note's current text. */}
      <div id={id} hidden={!open} className="order-2 mt-1 basis-full">
        {words ? (
          <p role="status" className="text-ink-3">
            {words}
          </p>
        ) : null}
        <ol aria-label={noteWords.earlier} className="flex flex-col gap-2 border-l-2 border-line pl-2.5">
          {versions.map(({ version, text, writtenAt }) => (
            <li key={version}>
              <span className="text-xs text-ink-3">
                {noteWords.written} <Time at={writtenAt} zone={zone} show="instant" />
              </span>
              <NoteText text={text} />
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
