import { KeyHint } from "@/components/keys/key-hint";
import { given } from "@/lib/contact/given";
import { deskWords } from "@/lib/desk/wording";
import type { Entry } from "./entries";

/** A button that undoes what the undo key would, and names it. */
export function UndoButton({ entry, onUndo }: { entry: Entry; onUndo: () => void }) {
  return (
    <button type="button" onClick={onUndo} className="flex min-w-0 items-center gap-1.5 rounded hover:text-ink">
      <span className="max-w-60 truncate">
        Undo <bdi>{given(entry.name) || deskWords.noName}</bdi> {entry.outcome ? `→ ${entry.outcome}` : entry.words}
      </span>
      <KeyHint command="undo" />
    </button>
  );
}
