"use client";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { staffWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog/dialog";
import { Radio } from "@/components/ui/form/checkbox";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { toast } from "@/components/ui/toast/toast";
import { deskWords } from "@/lib/desk/wording";
import { addStaff } from "@/lib/staff/actions";
import { type Role, roleLooks, roles } from "@/lib/staff/staff";
import { FirstPassword } from "../sign-in/first-password";
import { FirstPasswordField, readFirstPassword } from "./first-password-field";

/** The button and dialog to add a person. */
export function AddStaff() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button look="primary">
          <UserPlus size={15} aria-hidden="true" />
          {staffWords.add}
        </Button>
      </DialogTrigger>
      {open ? <AddStaffContent onDone={() => setOpen(false)} /> : null}
    </Dialog>
  );
}

function AddStaffContent({ onDone }: { onDone: () => void }) {
  const [role, setRole] = useState<Role>("agent");
  const [name, setName] = useState("");
  const form = useForm(async (data) => {
    const result = await addStaff({
      name: data.get("name"),
      email: data.get("email"),
      role,
      password: readFirstPassword(data),
    });
    if (result.ok && result.password === null) {
      toast.success(staffWords.canSignIn(name));
      onDone();
    }
    return result;
  });
  const made = form.done?.password;
  const nameError = form.errorFor("name");
  const emailError = form.errorFor("email");
  if (made) {
    return (
      <DialogContent title={staffWords.added(name)}>
        <FirstPassword name={name} password={made} />
      </DialogContent>
    );
  }
  return (
    <DialogContent title={staffWords.add}>
      <form action={form.submit} className="flex flex-col gap-4">
        <Field label={staffWords.name} htmlFor="name" error={nameError}>
          <Input
            id="name"
            name="name"
            maxLength={100}
            required
            autoComplete="off"
            aria-describedby={nameError ? "name-note" : undefined}
            aria-invalid={nameError ? true : undefined}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={staffWords.email} htmlFor="email" error={emailError}>
          <Input
            id="email"
            name="email"
            type="email"
            maxLength={254}
            required
            autoComplete="off"
            aria-describedby={emailError ? "email-note" : undefined}
            aria-invalid={emailError ? true : undefined}
            defaultValue={form.typed.email}
          />
        </Field>
        <RoleChoice role={role} onChange={setRole} />
        <FirstPasswordField error={form.errorFor("password")} typed={form.typed.password} />
        <FormMessage error={form.error} />
        <div className="flex justify-end gap-2">
          <DialogClose asChild>
            <Button>{deskWords.cancel}</Button>
          </DialogClose>
          <Button type="submit" look="primary" disabled={form.pending}>
            {form.pending ? staffWords.adding : staffWords.addButton}
          </Button>
        </div>
      </form>
    </DialogContent>
  );
}

function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-ink-2">{staffWords.role}</legend>
      <div className="rounded-[7px] border border-line">
        {roles.map((each) => (
          <label
            key={each}
            htmlFor={`role-${each}`}
            className="flex items-center gap-2.5 border-t border-line-soft px-3 py-2 first:border-t-0 has-checked:bg-selected"
          >
            <Radio
              id={`role-${each}`}
              name="role"
              value={each}
              checked={role === each}
              onChoose={() => onChange(each)}
              className="accent-(--accent)"
            />
            <span className="font-medium">{roleLooks[each].label}</span>
            <span className="text-ink-3">{roleLooks[each].purpose}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
