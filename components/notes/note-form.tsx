"use client";
import { type ComponentProps, type KeyboardEvent, type ReactNode, type RefObject, useId } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/form/field";
import { Kbd } from "@/components/ui/kbd";
import { pressedKey } from "@/components/ui/pressed-key";
import { formatCount } from "@/lib/desk/wording";
import { longestNote } from "@/lib/notes/note";
import { noteWords } from "@/lib/notes/words";

type NoteFormProps = Omit<ComponentProps<"textarea">, "value" | "onChange" | "onSubmit"> & {
  label: string;
  text: string;
  onText: (text: string) => void;
  /** Saves; also run by Ctrl or ⌘ and Enter. */
  onSave: () => void;
  saveLabel: string;
  saving: boolean;
  /** Why it was not saved. */
  problem: string | null;
  /** Whether there is anything to save; otherwise only the box is shown. */
  unfolded: boolean;
  boxRef?: RefObject<HTMLTextAreaElement | null>;
  /** Shown beside the button. */
  children?: ReactNode;
};

/** A box to type a note in, with the button that saves it. */
export function NoteForm({
  label,
  text,
  onText,
  onSave,
  saveLabel,
  saving,
  problem,
  unfolded,
  boxRef,
  children,
  onKeyDown,
  ...props
}: NoteFormProps) {
  const id = useId();
  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (pressedKey(event) === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!saving) onSave();
    }
    onKeyDown?.(event);
  }
  return (
    <form
      className="flex flex-col gap-1.5"
      aria-busy={saving}
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) onSave();
      }}
    >
      <Textarea
        {...props}
        ref={boxRef}
        aria-label={label}
        aria-describedby={problem ? `${id}-problem` : undefined}
        aria-invalid={problem ? true : undefined}
        dir="auto"
        rows={1}
        value={text}
        readOnly={saving}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={press}
      />
      {problem ? (
        <p id={`${id}-problem`} role="alert" className="text-fail">
          {problem}
        </p>
      ) : null}
      {unfolded ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" look="primary" size="small" aria-disabled={saving}>
            {saving ? noteWords.saving : saveLabel}
          </Button>
          {children}
          <span className="key-hint">
            <Kbd>Ctrl ↵</Kbd>
          </span>
          {text.length > longestNote * 0.9 ? (
            <span className="ml-auto text-ink-3 tabular-nums">
              {noteWords.characters(formatCount(text.length), formatCount(longestNote))}
            </span>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}
