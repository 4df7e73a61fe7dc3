"use client";
import { useEffect, useRef } from "react";
import { factorWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

type RecoveryCodesProps = {
  codes: string[];
  /** The path to go on to once the codes are stored. */
  opens: string;
};

/** The recovery codes, shown only this once. */
export function RecoveryCodes({ codes, opens }: RecoveryCodesProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The element that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex max-w-md flex-col gap-4">
      <h2 ref={heading} tabIndex={-1} className="text-[13px] outline-none">
        {factorWords.keepCodes}
      </h2>
      <p className="text-ink-2">{factorWords.keepCodesNote}</p>
      <ul
        aria-label={factorWords.codes}
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-[7px] border border-line bg-sunk px-4 py-3 font-mono text-[13px] select-all max-[420px]:grid-cols-1"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex items-center gap-2">
        <Button look="primary" onClick={() => window.location.assign(opens)}>
          {factorWords.saved}
        </Button>
        <CopyButton text={codes.join("\n")} label={factorWords.copyCodes} />
      </div>
    </div>
  );
}
