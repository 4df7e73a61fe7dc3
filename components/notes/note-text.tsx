/** A note as it was typed: text and nothing else, with its lines and spaces. */
export function NoteText({ text }: { text: string }) {
  return (
    <p dir="auto" className="leading-[20px] wrap-anywhere whitespace-pre-wrap text-ink">
      {text}
    </p>
  );
}
