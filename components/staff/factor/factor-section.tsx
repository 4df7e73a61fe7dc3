"use client";
import { type ReactNode, useState } from "react";
import { factorWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { useForm } from "@/components/ui/form/use-form";
import { endSecondFactor, renewRecoveryCodes } from "@/lib/staff/factor/actions";
import { PasswordQuestion } from "./password-question";
import { RecoveryCodes } from "./recovery-codes";

type FactorSectionProps = {
  /** Since when it has been on, as shown. */
  since: ReactNode;
  codesLeft: number;
  /** Whether the desk requires it of this person. */
  required: boolean;
};

/** One's second step while it is on: new recovery codes, and removing it. Both ask for the password. */
export function FactorSection({ since, codesLeft, required }: FactorSectionProps) {
  const [asked, ask] = useState<"codes" | "end" | null>(null);
  const codes = useForm<{ codes: string[] }>((data) => renewRecoveryCodes({ password: data.get("password") }));
  const end = useForm((data) => endSecondFactor({ password: data.get("password") }));
  if (codes.done) return <RecoveryCodes codes={codes.done.codes} opens="/account" />;
  const left = factorWords.codesLeft(codesLeft);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">
        {factorWords.onSince} {since}. <span className={codesLeft < 3 ? "text-warn" : undefined}>{left}</span>
      </p>
      {asked === null ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => ask("codes")}>{factorWords.newCodes}</Button>
          <Button onClick={() => ask("end")}>{required ? factorWords.setUpAgain : factorWords.turnOff}</Button>
        </div>
      ) : null}
      {asked === "codes" ? (
        <PasswordQuestion
          text={factorWords.oldCodesEnd}
          action={factorWords.makeCodes}
          form={codes}
          onCancel={() => ask(null)}
        />
      ) : null}
      {asked === "end" ? (
        <PasswordQuestion
          text={required ? factorWords.setUpAgainNote : factorWords.turnOffNote}
          action={required ? factorWords.setUpAgainAction : factorWords.turnOffAction}
          form={end}
          onCancel={() => ask(null)}
        />
      ) : null}
    </div>
  );
}
