"use client";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/form/field";
import { longestTarget } from "@/lib/desk/response-targets";
import { settingsWords } from "./words";

/** A service's target in the form; `key` identifies the line while it is edited. */
export type TargetDraft = { key: number; service: string; hours: string };

type ResponseTargetFieldsProps = {
  otherwise: string;
  targets: TargetDraft[];
  /** The services that contacts have asked for, to choose from. */
  services: string[];
  error: string | undefined;
  onOtherwise: (hours: string) => void;
  /** Passes an update of the current targets, because two fields may change before the next render. */
  onTargets: (change: (targets: TargetDraft[]) => TargetDraft[]) => void;
};

/** The business hours within which a first response is due: for everything, and for services that differ. */
export function ResponseTargetFields(props: ResponseTargetFieldsProps) {
  const { otherwise, targets, services, error, onOtherwise, onTargets } = props;
  const listId = useId();
  const change = (key: number, part: Partial<TargetDraft>) =>
    onTargets((before) => before.map((target) => (target.key === key ? { ...target, ...part } : target)));
  const nextKey = Math.max(0, ...targets.map(({ key }) => key)) + 1;
  return (
    <fieldset aria-describedby="targets-note">
      <legend className="mb-1.5 font-medium text-ink-2">{settingsWords.responseWithin}</legend>
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center gap-2">
          <span className="min-w-0 flex-1">{settingsWords.everyService}</span>
          <HoursInput label={settingsWords.hoursForEvery} value={otherwise} onChange={onOtherwise} />
          <span className="w-[30px]" />
        </div>
        {targets.map(({ key, service, hours }) => (
          <div key={key} className="flex items-center gap-2">
            <Input
              aria-label={settingsWords.service}
              list={listId}
              maxLength={255}
              required
              dir="auto"
              autoComplete="off"
              className="min-w-0 flex-1"
              value={service}
              onChange={(event) => change(key, { service: event.target.value })}
            />
            <HoursInput
              label={settingsWords.hoursFor(service)}
              value={hours}
              onChange={(changed) => change(key, { hours: changed })}
            />
            <Button
              look="quiet"
              size="icon"
              aria-label={settingsWords.removeTarget(service)}
              onClick={() => onTargets((before) => before.filter((target) => target.key !== key))}
            >
              <X size={15} aria-hidden="true" />
            </Button>
          </div>
        ))}
        <datalist id={listId}>
          {services.map((service) => (
            <option key={service} value={service} />
          ))}
        </datalist>
        <div>
          <Button
            size="small"
            look="quiet"
            className="-ml-2"
            onClick={() => onTargets((before) => [...before, { key: nextKey, service: "", hours: "" }])}
          >
            <Plus size={13} aria-hidden="true" />
            {settingsWords.addService}
          </Button>
        </div>
      </div>
      <p
        id="targets-note"
        className={error ? "mt-1.5 text-fail" : "mt-1.5 text-ink-3"}
        role={error ? "alert" : undefined}
      >
        {error ?? settingsWords.responseWithinNote}
      </p>
    </fieldset>
  );
}

type HoursInputProps = { label: string; value: string; onChange: (value: string) => void };

function HoursInput({ label, value, onChange }: HoursInputProps) {
  return (
    <span className="flex items-center gap-1.5">
      <Input
        type="number"
        aria-label={label}
        min={0.25}
        max={longestTarget}
        step={0.25}
        className="w-20 tabular-nums"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      h
    </span>
  );
}
