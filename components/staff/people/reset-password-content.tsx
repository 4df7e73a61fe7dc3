"use client";
import { staffWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog/dialog";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { toast } from "@/components/ui/toast/toast";
import { deskWords } from "@/lib/desk/wording";
import { resetPassword } from "@/lib/staff/actions";
import { FirstPassword } from "../sign-in/first-password";
import { FirstPasswordField, readFirstPassword } from "./first-password-field";

type ResetPasswordContentProps = { person: { id: string; name: string }; onDone: () => void };

/** Gives a person a new first password: typed, or generated and shown once. */
export function ResetPasswordContent({ person: { id, name }, onDone }: ResetPasswordContentProps) {
  const form = useForm(async (data) => {
    const result = await resetPassword({ id, password: readFirstPassword(data) });
    if (result.ok && result.password === null) {
      toast.success(staffWords.passwordReset(name));
      onDone();
    }
    return result;
  });
  const made = form.done?.password;
  return (
    <DialogContent
      title={made ? staffWords.newPasswordFor(name) : staffWords.askReset(name)}
      description={made ? undefined : staffWords.resetNote}
    >
      {made ? (
        <FirstPassword name={name} password={made} />
      ) : (
        <form action={form.submit} className="flex flex-col gap-4">
          <FirstPasswordField error={form.errorFor("password")} typed={form.typed.password} />
          <FormMessage error={form.error} />
          <div className="flex justify-end gap-2">
            <DialogClose asChild>
              <Button>{deskWords.cancel}</Button>
            </DialogClose>
            <Button type="submit" look="primary" disabled={form.pending}>
              {staffWords.resetPassword}
            </Button>
          </div>
        </form>
      )}
    </DialogContent>
  );
}
