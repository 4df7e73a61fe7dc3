const colours = ["#7048e8", "#c2255c", "#0b7285", "#2b6c36", "#a14308", "#364fc7", "#5f3dc4", "#495057"];

/** A person's initials on a colour that stays the same. Decorative, because the name is beside it. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("");
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span aria-hidden="true" className="avatar" style={{ background: colours[sum % colours.length] }}>
      {initials}
    </span>
  );
}
