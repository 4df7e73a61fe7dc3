"use client";
import { useState } from "react";
import { useDesk } from "@/components/desk/desk";
import { staffWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog/dialog";
import { Field, Select } from "@/components/ui/form/field";
import { deskWords } from "@/lib/desk/wording";

type DisableContentProps = {
  person: { id: string; assigned: number };
  title: string;
  effect: string;
  /** The person who gets the contacts; null for nobody, undefined to leave them as they are. */
  onConfirm: (to: string | null | undefined) => void;
};

/** Asks before a person is disabled, and what becomes of their contacts. */
export function DisableContent({ person, title, effect, onConfirm }: DisableContentProps) {
  const { people } = useDesk();
  const [to, setTo] = useState("nobody");
  const { id, assigned } = person;
  return (
    <DialogContent title={title} description={effect}>
      {assigned > 0 ? (
        <Field
          label={staffWords.handOver(assigned)}
          htmlFor="hand-over"
          hint={staffWords.handOverNote}
          className="mb-5"
        >
          <Select
            id="hand-over"
            value={to}
            onChange={(event) => setTo(event.target.value)}
            aria-describedby="hand-over-note"
          >
            <option value="nobody">{staffWords.toNobody}</option>
            {people
              .filter((one) => one.id !== id && !one.disabled)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {staffWords.to(one.name)}
                </option>
              ))}
            <option value="leave">{staffWords.leave}</option>
          </Select>
        </Field>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>{deskWords.cancel}</Button>
        </DialogClose>
        <Button
          look="danger"
          onClick={() => onConfirm(assigned === 0 || to === "leave" ? undefined : to === "nobody" ? null : to)}
        >
          {staffWords.disable}
        </Button>
      </div>
    </DialogContent>
  );
}
