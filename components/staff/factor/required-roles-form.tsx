"use client";
import { useState } from "react";
import { factorWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/form/checkbox";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { setSecondFactorRoles } from "@/lib/staff/factor/actions";
import { type Role, roleLooks, roles } from "@/lib/staff/staff";

/** Chooses the roles for which the desk requires a second step at sign-in. */
export function RequiredRolesForm({ required }: { required: Role[] }) {
  const [chosen, setChosen] = useState(required);
  const form = useForm(() => setSecondFactorRoles({ roles: chosen }));
  return (
    <form action={form.submit} className="flex max-w-md flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-medium text-ink-2">{factorWords.requiredFor}</legend>
        {roles.map((role) => (
          <label key={role} htmlFor={`factor-${role}`} className="flex items-center gap-2.5">
            <Checkbox
              id={`factor-${role}`}
              checked={chosen.includes(role)}
              onCheckedChange={(on) => setChosen(on ? [...chosen, role] : chosen.filter((each) => each !== role))}
            />
            {roleLooks[role].label}s
          </label>
        ))}
      </fieldset>
      <p className="text-ink-3">{factorWords.requiredForNote}</p>
      <FormMessage error={form.error} done={form.done ? factorWords.savedNote : null} />
      <div>
        <Button type="submit" disabled={form.pending}>
          {factorWords.save}
        </Button>
      </div>
    </form>
  );
}
