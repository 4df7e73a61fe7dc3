import { useEffect, useState } from "react";
import { type Found, findHref, longestSought } from "@/lib/find/found";
import { foldPlain, soughtIn } from "@/lib/text/fold";
import { findWords } from "./words";

/** Milliseconds after the last key until the server is asked. */
const pause = 150;

type Answer = { sought: string } & ({ found: Found } | { failure: string });

export type Finding = {
  /** What was found. While a newer answer is awaited, those of the last one that still match. */
  found: Found;
  pending: boolean;
  /** Why nothing could be looked for; null if it could. */
  failure: string | null;
  /** Whether these words are looked for at all. */
  asked: boolean;
};

const nothing: Found = { contacts: [], documents: [] };

/**
 * Asks the server for contacts and documents with the words, once typing pauses. An answer to other words than the
 * latest is never shown, and its request is given up.
 */
export function useFound(sought: string): Finding {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asked = isEnough(sought);
  useEffect(() => {
    if (!asked) return;
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      const result = await ask(sought, leaving.signal);
      if (!leaving.signal.aborted) setAnswer({ sought, ...result });
    }, pause);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [asked, sought]);
  if (!asked || answer === null) return { found: nothing, pending: asked, failure: null, asked };
  const pending = answer.sought !== sought;
  if ("failure" in answer) return { found: nothing, pending, failure: pending ? null : answer.failure, asked };
  return { found: pending ? stillMatching(answer.found, sought) : answer.found, pending, failure: null, asked };
}

/** One Latin letter would find everybody. */
function isEnough(sought: string): boolean {
  const folded = foldPlain(sought).trim();
  return sought.length <= longestSought && (folded.length > 1 || /\P{ASCII}/u.test(folded));
}

async function ask(sought: string, signal: AbortSignal): Promise<{ found: Found } | { failure: string }> {
  try {
    const response = await fetch(findHref(sought), { signal, cache: "no-store" });
    const body: Found | { message: string } = await response.json();
    return "contacts" in body ? { found: body } : { failure: body.message };
  } catch {
    return { failure: findWords.notLooked };
  }
}

/** Those that also match what has been typed since, so that the list does not empty with every key. */
export function stillMatching({ contacts, documents }: Found, sought: string): Found {
  const words = sought.split(/\s+/).map(soughtIn);
  const matches = (text: string) => words.every(({ within }) => within(text));
  return {
    contacts: contacts.filter(({ name, email, company }) => matches(`${name} ${email} ${company ?? ""}`)),
    documents: documents.filter(({ filename }) => matches(filename)),
  };
}
