"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmContent } from "@/components/ui/dialog/confirm-content";
import { DialogClose, DialogContent } from "@/components/ui/dialog/dialog";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { deskWords } from "@/lib/desk/wording";
import { addView, setViewName } from "@/lib/views/actions";
import { longestName, type View, type ViewContent } from "@/lib/views/view";
import { viewMenuWords } from "./menu-words";
import { viewWords } from "./words";

/** Saves the list as a new view. */
export function NewViewContent({ content, onDone }: { content: ViewContent; onDone: (id: string) => void }) {
  const [shared, setShared] = useState(false);
  const form = useForm(async (data) => {
    const result = await addView({ name: data.get("name"), shared, ...content });
    if (result.ok) onDone(result.id);
    return result;
  });
  return (
    <DialogContent title={viewMenuWords.newTitle} description={viewMenuWords.newNote}>
      <form action={form.submit} className="flex flex-col gap-4">
        <NameField error={form.errorFor("name")} name={form.typed.name} />
        <label htmlFor="view-shared" className="flex items-start gap-2.5">
          <Checkbox
            id="view-shared"
            className="mt-0.5"
            checked={shared}
            onCheckedChange={(wanted) => setShared(wanted === true)}
          />
          <span>
            {viewMenuWords.share}
            <span className="block text-ink-3">{viewMenuWords.shareNote}</span>
          </span>
        </label>
        <FormMessage error={form.error ?? form.errorFor("filter")} />
        <Buttons pending={form.pending} send={viewWords.saveView} />
      </form>
    </DialogContent>
  );
}

/** Renames a view. */
export function RenameContent({ view, onDone }: { view: View; onDone: () => void }) {
  const form = useForm(async (data) => {
    const result = await setViewName({ id: view.id, name: data.get("name") });
    if (result.ok) onDone();
    return result;
  });
  return (
    <DialogContent title={viewMenuWords.renameTitle}>
      <form action={form.submit} className="flex flex-col gap-4">
        <NameField error={form.errorFor("name")} name={form.typed.name ?? view.name} />
        <FormMessage error={form.error} />
        <Buttons pending={form.pending} send={viewMenuWords.renameButton} />
      </form>
    </DialogContent>
  );
}

/** Asks before a view is deleted. */
export function DeleteContent({ view, onConfirm }: { view: View; onConfirm: () => void }) {
  return (
    <ConfirmContent
      title={viewMenuWords.askDelete(view.name)}
      effect={viewMenuWords.deleteNote(view.kind === "shared")}
      confirm={viewMenuWords.deleteButton}
      onConfirm={onConfirm}
    />
  );
}

function NameField({ name, error }: { name: string | undefined; error: string | undefined }) {
  return (
    <Field label={viewMenuWords.name} htmlFor="view-name" error={error}>
      <Input
        id="view-name"
        name="name"
        maxLength={longestName}
        required
        autoComplete="off"
        dir="auto"
        aria-describedby={error ? "view-name-note" : undefined}
        aria-invalid={error ? true : undefined}
        defaultValue={name}
      />
    </Field>
  );
}

function Buttons({ pending, send }: { pending: boolean; send: string }) {
  return (
    <div className="flex justify-end gap-2">
      <DialogClose asChild>
        <Button>{deskWords.cancel}</Button>
      </DialogClose>
      <Button type="submit" look="primary" disabled={pending}>
        {send}
      </Button>
    </div>
  );
}
