"use client";
import { useEffect, useState } from "react";
import { decisionWords } from "@/components/change/decide/words";
import { ChooseList } from "@/components/ui/menu/choose-list";
import { StatusMark } from "@/components/ui/status-badge";
import type { Assignments } from "@/lib/change/assignments";
import { browseOtherSubmissions } from "@/lib/contact/actions";
import type { OtherSubmission } from "@/lib/contact/contact";
import { parseContactLink } from "@/lib/contact/contact-link";
import { given } from "@/lib/contact/given";
import { formatAge } from "@/lib/desk/time";
import { deskWords } from "@/lib/desk/wording";
import type { OpenDecision } from "../store/changes";

type OriginalChoiceProps = { open: OpenDecision; onDecide: (change: Assignments) => void };

/** Chooses the original of some duplicates: another contact from the same address, or any by its id or link. */
export function OriginalChoice({ open, onDecide }: OriginalChoiceProps) {
  const [now] = useState(() => new Date());
  const [others, setOthers] = useState<OtherSubmission[] | null>(null);
  const [problem, setProblem] = useState("");
  const [only, ...more] = open.subjects;
  const id = more.length === 0 ? only?.id : undefined;

  useEffect(() => {
    if (id === undefined) return setOthers([]);
    let wanted = true;
    void browseOtherSubmissions(id).then(
      (loaded) => {
        if (!wanted) return;
        setOthers(loaded.ok ? loaded.value : []);
        if (!loaded.ok) setProblem(loaded.message);
      },
      () => wanted && setProblem(decisionWords.othersFailed),
    );
    return () => {
      wanted = false;
    };
  }, [id]);

  return (
    <>
      <ChooseList
        label={decisionWords.original}
        placeholder={decisionWords.originalHint}
        choices={(others ?? []).map((other) => ({
          key: other.id,
          label: given(other.name) ?? deskWords.noName,
          detail: given(other.message) ?? given(other.service) ?? other.id,
          mark: <StatusMark status={other.status} />,
          note: <time dateTime={other.timestamp.toISOString()}>{formatAge(other.timestamp, now)}</time>,
        }))}
        choiceOf={(typed) => {
          const meant = parseContactLink(typed);
          return meant ? { key: meant, label: decisionWords.contact(meant) } : null;
        }}
        onChoose={(original) => onDecide({ duplicateOf: original })}
      />
      <p className="mt-2 text-xs text-ink-3">
        {problem ||
          (others === null ? decisionWords.looking : others.length > 0 ? decisionWords.others : decisionWords.noOthers)}
      </p>
    </>
  );
}
