"use client";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { deskWords } from "@/lib/desk/wording";
import { browsePerson } from "@/lib/people/actions";
import type { Forgotten } from "@/lib/people/forgetting";
import type { PersonPreview } from "@/lib/people/person";
import { ForgetForm } from "./forget-form";
import { PersonHeld } from "./person-held";
import { ReportNote } from "./report-note";
import { personWords } from "./words";

type PersonPanelProps = { contact: string; desk: string; timeZone: string };

/** One person: what the desk holds about them, the archive to hand over, and forgetting them. */
export function PersonPanel({ contact, desk, timeZone }: PersonPanelProps) {
  const [preview, setPreview] = useState<PersonPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Off by default, because somebody else may have the same name.
  const [withNames, setWithNames] = useState(false);
  const [forgotten, setForgotten] = useState<Forgotten | null>(null);
  useEffect(() => {
    let current = true;
    browsePerson({ contact, withNames }).then(
      (result) => {
        if (!current) return;
        if (!result.ok) return setProblem(result.message);
        setProblem(null);
        setPreview(result.preview);
      },
      () => current && setProblem(deskWords.unreachable),
    );
    return () => {
      current = false;
    };
  }, [contact, withNames]);

  if (forgotten && preview)
    return <ReportNote desk={desk} person={preview} forgotten={forgotten} timeZone={timeZone} />;
  if (problem)
    return (
      <p className="rounded-[7px] bg-fail-soft px-3 py-2 text-fail" role="alert">
        {problem}
      </p>
    );
  if (!preview)
    return (
      <p className="text-ink-3" role="status">
        {personWords.searching}
      </p>
    );
  return (
    <section aria-label={personWords.held} className="flex flex-col gap-5">
      <PersonHeld preview={preview} timeZone={timeZone} />
      <div>
        <Button asChild>
          <a href={`/export/person?contact=${encodeURIComponent(contact)}`} download>
            {personWords.download}
          </a>
        </Button>
        <p className="mt-1.5 text-ink-3">{personWords.downloadNote}</p>
      </div>
      <ForgetForm preview={preview} withNames={withNames} onNames={setWithNames} onForgotten={setForgotten} />
    </section>
  );
}
