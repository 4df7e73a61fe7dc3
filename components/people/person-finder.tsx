"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/form/field";
import { FormMessage } from "@/components/ui/form/form-message";
import { useForm } from "@/components/ui/form/use-form";
import { Time } from "@/components/ui/time";
import { joinWords } from "@/lib/desk/wording";
import { browsePeople } from "@/lib/people/actions";
import type { Candidate } from "@/lib/people/person";
import { PersonPanel } from "./person-panel";
import { personWords } from "./words";

type PersonFinderProps = { desk: string; timeZone: string };

/** Finds a person by typed text, and shows what the desk holds about them. */
export function PersonFinder({ desk, timeZone }: PersonFinderProps) {
  const [people, setPeople] = useState<Candidate[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  // Kept in state, because React resets a form after its action, and this form is sent repeatedly.
  const [typed, setTyped] = useState("");
  const form = useForm(async () => {
    const result = await browsePeople({ typed });
    setPeople(result.ok ? result.people : null);
    setChosen(result.ok && result.people.length === 1 ? (result.people[0]?.contact ?? null) : null);
    return result;
  });
  const error = form.errorFor("typed");
  return (
    <div className="flex flex-col gap-6">
      <form action={form.submit} className="flex max-w-md flex-col gap-4">
        <Field label={personWords.label} htmlFor="typed" error={error} hint={personWords.hint}>
          <Input
            id="typed"
            name="typed"
            maxLength={255}
            required
            autoComplete="off"
            spellCheck={false}
            aria-describedby="typed-note"
            aria-invalid={error ? true : undefined}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <FormMessage error={form.error} done={people?.length === 0 ? personWords.nobody : null} />
        {form.done?.forgottenAt ? (
          <p className="text-ink-2">
            {personWords.forgottenOn} <Time at={form.done.forgottenAt} zone={timeZone} show="instant" />.
          </p>
        ) : null}
        <div>
          <Button type="submit" look="primary" disabled={form.pending}>
            {form.pending ? personWords.looking : personWords.findButton}
          </Button>
        </div>
      </form>
      {people && people.length > 1 ? (
        <CandidateList people={people} chosen={chosen} timeZone={timeZone} onChoose={setChosen} />
      ) : null}
      {chosen ? <PersonPanel key={chosen} contact={chosen} desk={desk} timeZone={timeZone} /> : null}
    </div>
  );
}

type CandidateListProps = {
  people: Candidate[];
  chosen: string | null;
  timeZone: string;
  onChoose: (contact: string) => void;
};

/** Asks which of several people is meant. */
function CandidateList({ people, chosen, timeZone, onChoose }: CandidateListProps) {
  return (
    <ul aria-label={personWords.whoIsMeant} className="rounded-lg border border-line bg-panel">
      {people.map(({ contact, address, names, contacts, lastAt }) => (
        <li key={contact} className="flex items-center gap-3 border-t border-line-soft px-3.5 py-2.5 first:border-t-0">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium text-ink" dir="auto">
              {address ?? personWords.noAddress}
            </p>
            <p className="truncate text-ink-3" dir="auto">
              {joinWords(names)} · {personWords.contacts(contacts)} · {personWords.last}{" "}
              <Time at={lastAt} zone={timeZone} />
            </p>
          </div>
          <Button size="small" aria-pressed={chosen === contact} onClick={() => onChoose(contact)}>
            {personWords.show}
          </Button>
        </li>
      ))}
    </ul>
  );
}
