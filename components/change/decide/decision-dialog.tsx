"use client";
import { useState } from "react";
import { bulkWords } from "@/components/change/bulk/words";
import { decisionWords } from "@/components/change/decide/words";
import { changeWords } from "@/components/change/words";
import { CalendarButton } from "@/components/days/calendar-button";
import { useDesk } from "@/components/desk/desk";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog/dialog";
import { Field, Input } from "@/components/ui/form/field";
import { ChooseList } from "@/components/ui/menu/choose-list";
import type { Assignments } from "@/lib/change/assignments";
import { listSnoozeOptions, parseLocalTime, printLocalTime } from "@/lib/change/snooze";
import { given } from "@/lib/contact/given";
import { longestReason } from "@/lib/contact/triage";
import { dayIn, formatNear } from "@/lib/desk/time";
import { printDayAndTime, readDayAndTime } from "@/lib/desk/typed-time";
import { deskWords } from "@/lib/desk/wording";
import type { OpenDecision } from "../store/changes";
import { updateChanges } from "../store/changes";
import { OriginalChoice } from "./original-choice";

type ChoiceProps = { open: OpenDecision; onDecide: (change: Assignments) => void };

const bodies = { assign: AssigneeChoice, snooze: SnoozeChoice, spam: ReasonChoice, duplicate: OriginalChoice };

/** The open question, about the contacts that it names. */
export function DecisionDialog({ open }: { open: OpenDecision }) {
  const [first] = open.subjects;
  const about = open.count === 1 ? (given(first?.name ?? null) ?? deskWords.nameless) : bulkWords.contacts(open.count);
  const close = () => updateChanges({ decision: null });
  const Body = bodies[open.decision];
  return (
    <Dialog open onOpenChange={(next) => next || close()}>
      <DialogContent
        title={
          <>
            {decisionWords.titles[open.decision]} <bdi className="font-normal text-ink-2">{about}</bdi>
          </>
        }
      >
        <Body
          open={open}
          onDecide={(change) => {
            close();
            open.apply(change);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function AssigneeChoice({ open, onDecide }: ChoiceProps) {
  const { people, me } = useDesk();
  const now = open.subjects.every((subject, _, [first]) => subject.assigneeId === first?.assigneeId)
    ? open.subjects[0]?.assigneeId
    : undefined;
  const active = people.filter(({ disabled }) => !disabled);
  const choices = [...active.filter(({ id }) => id === me), ...active.filter(({ id }) => id !== me)].map(
    ({ id, name }) => ({
      key: id,
      label: id === me ? decisionWords.me(name) : name,
      mark: <Avatar name={name} />,
      current: id === now,
    }),
  );
  const nobody = {
    key: "nobody",
    label: changeWords.nobody,
    mark: <span className="size-5" />,
    current: now === null,
  };
  return (
    <ChooseList
      label={decisionWords.assignee}
      placeholder={decisionWords.searchPeople}
      choices={[...choices, nobody]}
      onChoose={(key) => onDecide({ assigneeId: key === "nobody" ? null : key })}
    />
  );
}

function SnoozeChoice({ open, onDecide }: ChoiceProps) {
  const { zone } = useDesk();
  const [now] = useState(() => new Date());
  const typing = { today: dayIn(zone, now), ahead: true };
  const [typed, setTyped] = useState(() => printDayAndTime(printLocalTime(new Date(now.getTime() + 86_400_000), zone)));
  const options = listSnoozeOptions(now, zone);
  const read = (text: string) => parseLocalTime(readDayAndTime(text, typing) ?? "", zone);
  const picked = read(typed);
  const over = picked !== null && picked <= now;
  const snoozed = open.subjects.some(({ snoozedUntil }) => snoozedUntil !== null);
  const problem = over ? decisionWords.pastTime : picked === null && typed !== "" ? decisionWords.noTime : undefined;
  return (
    <>
      <ChooseList
        label={decisionWords.snoozeUntil}
        placeholder={decisionWords.snoozeHint}
        choices={[
          ...options.map(({ label, until }) => ({
            key: until.toISOString(),
            label,
            note: formatNear(until, zone, now),
          })),
          ...(snoozed ? [{ key: "end", label: changeWords.unsnooze }] : []),
        ]}
        choiceOf={(text) => {
          const until = read(text);
          if (until === null || until <= now) return null;
          const local = printLocalTime(until, zone);
          return { key: until.toISOString(), label: printDayAndTime(local), note: formatNear(until, zone, now) };
        }}
        onChoose={(key) => onDecide({ snoozedUntil: key === "end" ? null : key })}
      />
      <form
        className="mt-3 flex items-end gap-2 border-t border-line pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (picked && !over) onDecide({ snoozedUntil: picked.toISOString() });
        }}
      >
        <Field
          label={decisionWords.dateAndTime}
          htmlFor="snooze-until"
          hint={zone}
          error={problem}
          className="relative flex-1"
        >
          <Input
            id="snooze-until"
            required
            autoComplete="off"
            value={typed}
            aria-describedby="snooze-until-note"
            aria-invalid={problem !== undefined}
            onChange={(event) => setTyped(event.target.value)}
            className="pr-10 tabular-nums"
          />
          <CalendarButton
            day={picked && printLocalTime(picked, zone).slice(0, 10)}
            label={decisionWords.dateAndTime}
            className="absolute top-[29px] right-1 size-7"
            onPick={(day) => {
              const time = picked ? printLocalTime(picked, zone).slice(11) : "09:00";
              setTyped(printDayAndTime(`${day}T${time}`));
            }}
          />
        </Field>
        <Button type="submit" look="primary" size="large" className="mb-[26px]" disabled={!picked || over}>
          {changeWords.snooze}
        </Button>
      </form>
    </>
  );
}

function ReasonChoice({ open, onDecide }: ChoiceProps) {
  const now = open.subjects.length === 1 ? open.subjects[0]?.spamReason : null;
  const known = now && !decisionWords.reasons.includes(now) ? [now, ...decisionWords.reasons] : decisionWords.reasons;
  return (
    <ChooseList
      label={decisionWords.reason}
      placeholder={decisionWords.reasonHint}
      choices={[
        ...known.map((reason) => ({ key: reason, label: reason, current: reason === now })),
        { key: "", label: decisionWords.noReason },
      ]}
      choiceOf={(typed) => ({ key: typed.slice(0, longestReason), label: typed.slice(0, longestReason) })}
      onChoose={(reason) => onDecide({ status: "spam", spamReason: reason || null })}
    />
  );
}
