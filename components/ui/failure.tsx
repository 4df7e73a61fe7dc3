"use client";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Notice } from "./notice";

const words: Record<string, { title: string; text: string }> = {
  BUSY: {
    title: "The desk is busy",
    text: "The database did not answer in time. Nothing was lost. Try again in a moment.",
  },
  RETRY: { title: "The desk is busy", text: "Someone changed the same contacts at the same moment. Try again." },
  TOO: { title: "That took too long", text: "Narrow the filter, for example to fewer days, and try again." },
  STORAGE: { title: "Storage is full", text: "Nothing new can be saved. Tell an admin." },
  AWAITS: {
    title: "The desk is being updated",
    text: "This part is waiting for the database. Everything else works. Try again in a few minutes.",
  },
  BAD: {
    title: "Couldn't search for that",
    text: "The link contains a character that can't be stored. Clear the filter.",
  },
};

type FailureProps = { error: Error & { digest?: string }; reset: () => void };

/**
 * What a failed page shows: what happened, what to do, and the number to quote. It never shows the error's own text.
 * Each page loads three copies of it, one for each place that may fail, so it uses as little code as possible.
 */
export function Failure({ error, reset }: FailureProps) {
  const router = useRouter();
  const { title, text } = words[error.digest?.split("_")[0] ?? ""] ?? {
    title: "Something went wrong",
    text: "Nothing you did is lost. Try again. If it happens again, give an admin the number below.",
  };
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main role="alert">
      <Notice
        level={1}
        title={title}
        actions={
          <>
            <button type="button" className="button button-primary button-normal" onClick={retry}>
              Try again
            </button>
            <a href="/contacts" className="button button-plain button-normal">
              Back to the inbox
            </a>
          </>
        }
      >
        <p>{text}</p>
        {error.digest ? <p className="mt-2 text-ink-3 tabular-nums">Number {error.digest}</p> : null}
      </Notice>
    </main>
  );
}
