"use client";
import { useState } from "react";
import { factorWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { confirmSecondFactor, startSecondFactor } from "@/lib/staff/factor/actions";
import { PasswordQuestion } from "./password-question";
import { RecoveryCodes } from "./recovery-codes";

type Begun = { secret: string; drawing: { size: number; path: string } };

type SetUpFactorProps = {
  /**
   * The path to open afterwards, if the second step is required. Null on the account page, which asks for the password.
   */
  opens: string | null;
};

/** Sets up an authenticator app: shows the secret, asks for one code as proof, and shows the recovery codes. */
export function SetUpFactor({ opens }: SetUpFactorProps) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [asked, setAsked] = useState(false);
  const start = useForm<Begun>(async (data) => {
    const result = await startSecondFactor(opens === null ? { password: data.get("password") } : {});
    if (result.ok) setBegun(result);
    return result;
  });
  const confirm = useForm<{ codes: string[] }>((data) => confirmSecondFactor({ code: data.get("code") }));
  if (confirm.done) return <RecoveryCodes codes={confirm.done.codes} opens={opens ?? "/account"} />;
  if (!begun && asked) {
    return (
      <PasswordQuestion
        text={factorWords.beforeSetUp}
        action={factorWords.continue}
        form={start}
        onCancel={() => setAsked(false)}
      />
    );
  }
  if (!begun) {
    return (
      <form action={start.submit} className="flex flex-col items-start gap-4">
        <p className="max-w-md text-ink-2">{factorWords.what}</p>
        <FormMessage error={start.error} />
        {opens === null ? (
          <Button onClick={() => setAsked(true)}>{factorWords.setUpAsk}</Button>
        ) : (
          <Button type="submit" look="primary" disabled={start.pending}>
            {factorWords.setUp}
          </Button>
        )}
      </form>
    );
  }
  const codeError = confirm.errorFor("code");
  return (
    <ol className="flex max-w-lg flex-col gap-6">
      <li className="flex flex-col gap-3">
        <p className="font-medium">{factorWords.addToApp}</p>
        <div className="flex flex-wrap items-start gap-4">
          <svg
            viewBox={`0 0 ${begun.drawing.size} ${begun.drawing.size}`}
            shapeRendering="crispEdges"
            role="img"
            aria-label={factorWords.qrCode}
            className="size-48 shrink-0 rounded-[7px] border border-line bg-white text-black"
          >
            <path d={begun.drawing.path} fill="currentColor" />
          </svg>
          <div className="flex min-w-0 flex-1 basis-48 flex-col gap-2">
            <p className="text-ink-2">{factorWords.scan}</p>
            <div className="flex items-start gap-2">
              <output aria-label={factorWords.key} className="min-w-0 flex-1 font-mono text-sm break-words select-all">
                {begun.secret.match(/.{1,4}/g)?.join(" ")}
              </output>
              <CopyButton text={begun.secret} label={factorWords.copyKey} />
            </div>
          </div>
        </div>
      </li>
      <li className="flex flex-col gap-3">
        <p className="font-medium">{factorWords.enterCode}</p>
        <form action={confirm.submit} className="flex max-w-xs flex-col gap-4">
          <Field label={factorWords.code} htmlFor="code" error={codeError}>
            <Input
              id="code"
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={20}
              required
              className="font-mono tabular-nums"
              aria-describedby={codeError ? "code-note" : undefined}
              aria-invalid={codeError ? true : undefined}
              defaultValue={confirm.typed.code}
            />
          </Field>
          <FormMessage error={confirm.error} />
          <div>
            <Button type="submit" look="primary" disabled={confirm.pending}>
              {confirm.pending ? factorWords.checking : factorWords.turnOn}
            </Button>
          </div>
        </form>
      </li>
    </ol>
  );
}
