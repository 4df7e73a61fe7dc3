import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Highlight } from "@/components/ui/highlight";
import { breakLines, isBlank } from "@/lib/text/visible-text";
import { contactWords } from "./words";

type MessageProps = {
  text: string;
  /** The length of the whole message, in characters. */
  length: number;
  /** The words searched for, to highlight. */
  sought: string[];
  /** The link to the whole message; empty on the page that shows it. */
  wholeHref: string;
  layout: "panel" | "page" | "triage";
};

/** A message with more lines or characters than this is folded, so that what follows stays in reach. */
const folded = {
  panel: { characters: 1_500, lines: 16 },
  page: { characters: 6_000, lines: 60 },
  triage: { characters: 3_000, lines: 30 },
};

/** The text's size, and the height of a folded message. */
const looks = {
  panel: { letters: "text-[13.5px] leading-[21px]", height: "max-h-[336px]" },
  page: { letters: "text-[13.5px] leading-[21px]", height: "max-h-[1260px]" },
  triage: { letters: "text-[15px] leading-[25px]", height: "max-h-[750px]" },
};

/** The visitor's message as written. It is folded by the browser's own `details`, which works without scripts. */
export function Message({ text: stored, length, sought, wholeHref, layout }: MessageProps) {
  const text = breakLines(stored);
  // Counted as PostgreSQL does: an emoji is one character, but two in JavaScript's `length`.
  const characters = [...stored].length;
  const cut = characters < length;
  const asked = wholeHref === "";
  const fold =
    !asked && (text.length > folded[layout].characters || text.split("\n", 100).length > folded[layout].lines);
  const words = (
    <div dir="auto" className={`${looks[layout].letters} wrap-anywhere whitespace-pre-wrap text-ink`}>
      <Highlight text={text} sought={sought} />
    </div>
  );
  if (isBlank(text)) return <p className="text-ink-3">{contactWords.noMessage}</p>;
  return (
    <div className="group/message">
      {fold ? (
        <>
          <div className={`overflow-hidden group-has-[details[open]]/message:max-h-none ${looks[layout].height}`}>
            {words}
          </div>
          <details className="mt-1.5 group/fold">
            <summary className="inline-block rounded font-medium text-accent-ink hover:underline">
              <span className="group-open/fold:hidden">{contactWords.showAllOfMessage}</span>
              <span className="hidden group-open/fold:inline">{contactWords.showLess}</span>
            </summary>
          </details>
        </>
      ) : (
        words
      )}
      {cut ? (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-ink-3 tabular-nums">
          {contactWords.first(characters, length)}
          {asked ? null : (
            <Button asChild size="small">
              <Link href={wholeHref} prefetch={false}>
                {contactWords.showAll}
              </Link>
            </Button>
          )}
        </p>
      ) : null}
    </div>
  );
}
