"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { deskWords, joinWords } from "@/lib/desk/wording";
import { explainStatement } from "@/lib/health/actions";
import type { PlanResult } from "@/lib/health/plans";
import { CodeBlock } from "./code-block";
import { slowWords } from "./words";

/** Shows on demand how the database would run a statement. */
export function PlanButton({ id, what }: { id: string; what: string }) {
  const planId = useId();
  const [open, setOpen] = useState(false);
  const [result, setResult] = useState<PlanResult | null>(null);

  async function toggle() {
    setOpen(!open);
    if (open) return;
    setResult(null);
    setResult(await explainStatement({ id }).catch(() => failed));
  }

  return (
    <>
      <Button look="plain" size="small" aria-expanded={open} aria-controls={planId} onClick={() => void toggle()}>
        {open ? slowWords.hidePlan : slowWords.showPlan}
        <span className="sr-only"> of {what}</span>
      </Button>
      <div id={planId} hidden={!open} role="status" className="min-w-0 basis-full">
        {result ? <Plan result={result} what={what} /> : <p className="text-ink-3">{slowWords.asking}</p>}
      </div>
    </>
  );
}

const failed: PlanResult = { ok: false, message: deskWords.unreachable };

function Plan({ result, what }: { result: PlanResult; what: string }) {
  if (!result.ok) return <p className="text-ink-2">{result.message}</p>;
  const { plan, reads } = result;
  return (
    <>
      <p className="text-ink-2">
        {slowWords.planNote} {reads.length > 0 ? slowWords.readsAll(joinWords(reads)) : slowWords.readsNone}
      </p>
      <div className="mt-1">
        <CodeBlock label={slowWords.planOf(what)} tall>
          {plan}
        </CodeBlock>
      </div>
    </>
  );
}
