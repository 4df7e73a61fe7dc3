"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { setDeskSettings } from "@/lib/desk/actions";
import { FormMessage } from "./form-message";
import { useForm } from "./use-form";

type DeskSettingsFormProps = { name: string; timeZone: string; timeZones: string[] };

/** The desk's name and its one time zone. */
export function DeskSettingsForm({ name, timeZone, timeZones }: DeskSettingsFormProps) {
  const [zone, setZone] = useState(timeZone);
  const form = useForm((data) => setDeskSettings({ name: data.get("name"), timeZone: zone }));
  const nameError = form.errorFor("name");
  const zoneError = form.errorFor("timeZone");
  return (
    <form action={form.submit} className="flex max-w-sm flex-col gap-4">
      <Field label="Name of the desk" htmlFor="name" error={nameError} hint="Stands above the pages and at sign-in.">
        <Input
          id="name"
          name="name"
          maxLength={100}
          required
          autoComplete="off"
          aria-describedby="name-note"
          aria-invalid={nameError ? true : undefined}
          defaultValue={form.typed.name ?? name}
        />
      </Field>
      <Field
        label="Time zone"
        htmlFor="time-zone"
        error={zoneError}
        hint="Days begin at midnight there: in filters, charts and every time shown."
      >
        <Select
          id="time-zone"
          name="timeZone"
          aria-describedby="time-zone-note"
          aria-invalid={zoneError ? true : undefined}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        >
          {timeZones.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Select>
      </Field>
      <FormMessage error={form.error} done={form.done ? "Settings saved." : null} />
      <div>
        <Button type="submit" disabled={form.pending}>
          Save settings
        </Button>
      </div>
    </form>
  );
}
