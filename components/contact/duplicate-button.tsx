"use client";
import { changeContacts } from "@/components/change/change-contacts";
import { type Subject, useKnown } from "@/components/change/store/changes";
import { Button } from "@/components/ui/button";

type DuplicateButtonProps = {
  contact: Subject;
  /** The id of the original. */
  original: string;
  /** The button's label, and after it the contact's name for screen readers. */
  label: string;
  about: string;
};

/** Marks a contact as a duplicate of another, which closes it. It can be undone like any change. */
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
