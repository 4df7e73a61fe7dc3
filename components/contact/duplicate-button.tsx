"use client";
import { changeContacts } from "@/components/change/change-contacts";
import { type Subject, useKnown } from "@/components/change/store/changes";
import { Button } from "@/components/ui/button";

type DuplicateButtonProps = {
  contact: Subject;
  /** The id of the contact that it repeats. */
  original: string;
  /** What the button says, and after it who it is about, for those who hear it alone. */
  label: string;
  about: string;
};

/** Says of a contact that it repeats another, which closes it. Undone like any change. */
export function DuplicateButton({ contact, original, label, about }: DuplicateButtonProps) {
  const known = useKnown(contact);
  return (
    <Button
      size="small"
      aria-busy={known?.phase === "saving"}
      onClick={() => void changeContacts([contact], { duplicateOf: original })}
    >
      {label}
      <span className="sr-only">: {about}</span>
    </Button>
  );
}
