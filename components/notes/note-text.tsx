import { breakLines, isBlank } from "@/lib/text/visible-text";
/** A note as typed: plain text, with its lines and spaces. */
export function NoteText({ text }: { text: string }) {
  return (
    <p dir="auto" className="leading-[20px] wrap-anywhere whitespace-pre-wrap text-ink">
      {isBlank(text) ? "No text" : breakLines(text)}
    </p>
  );
}
