"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { setDeskSettings } from "@/lib/desk/actions";
import type { BusinessWeek } from "@/lib/desk/business-time";
import { parseClock, printClock, type ResponseTargets } from "@/lib/desk/response-targets";
import { BusinessHoursFields, type DayDraft } from "./business-hours-fields";
import { ResponseTargetFields, type TargetDraft } from "./response-target-fields";
import { settingsWords } from "./words";

type DeskSettingsFormProps = {
  settings: { name: string; timeZone: string; week: BusinessWeek; targets: ResponseTargets; version: number };
  timeZones: string[];
  /** The services that contacts have asked for. */
  services: string[];
};

/** The desk's name, time zone, business hours and response targets. */
export function DeskSettingsForm({ settings, timeZones, services }: DeskSettingsFormProps) {
  const [zone, setZone] = useState(settings.timeZone);
  const [days, setDays] = useState(() => settings.week.map(toDraft));
  const [otherwise, setOtherwise] = useState(() => printHours(settings.targets.otherwise));
  const [targets, setTargets] = useState(() =>
    settings.targets.services.map(
      ({ service, hours }, key): TargetDraft => ({ key, service, hours: printHours(hours) }),
    ),
  );
  // The version when the form was opened or last saved, and not the one the page has loaded since.
  const [version, setVersion] = useState(settings.version);
  const form = useForm(async (data) => {
    const result = await setDeskSettings({
      name: data.get("name"),
      timeZone: zone,
      week: days.map(readDay),
      targets: {
        otherwise: readHours(otherwise),
        services: targets.map(({ service, hours }) => ({ service: service.trim(), hours: readHours(hours) })),
      },
      version,
    });
    if (result.ok) setVersion(result.version);
    return result;
  });
  const nameError = form.errorFor("name");
  const zoneError = form.errorFor("timeZone");
  return (
    <form action={form.submit} className="flex max-w-md flex-col gap-5">
      <Field label={settingsWords.name} htmlFor="name" error={nameError} hint={settingsWords.nameHint}>
        <Input
          id="name"
          name="name"
          maxLength={100}
          required
          autoComplete="off"
          aria-describedby="name-note"
          aria-invalid={nameError ? true : undefined}
          defaultValue={form.typed.name ?? settings.name}
        />
      </Field>
      <Field label={settingsWords.timeZone} htmlFor="time-zone" error={zoneError} hint={settingsWords.timeZoneHint}>
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
      <BusinessHoursFields days={days} error={form.errorFor("week")} onChange={setDays} />
      <ResponseTargetFields
        otherwise={otherwise}
        targets={targets}
        services={services}
        error={form.errorFor("targets")}
        onOtherwise={setOtherwise}
        onTargets={setTargets}
      />
      <FormMessage error={form.error} done={form.done ? settingsWords.saved : null} />
      <div>
        <Button type="submit" disabled={form.pending}>
          {settingsWords.save}
        </Button>
      </div>
    </form>
  );
}

function toDraft(hours: BusinessWeek[number]): DayDraft {
  const { from, to } = hours ?? { from: 540, to: 1_020 };
  return { open: hours !== null, from: printClock(from), to: printClock(to) };
}

/** An unreadable time becomes one that the server refuses with a message. */
function readDay({ open, from, to }: DayDraft): BusinessWeek[number] {
  return open ? { from: parseClock(from, false) ?? 0, to: parseClock(to, true) ?? 0 } : null;
}

function printHours(hours: number | null): string {
  return hours === null ? "" : String(hours);
}

function readHours(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
