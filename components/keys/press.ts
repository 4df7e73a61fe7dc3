type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * A key press as the table of commands names it: "j", "Shift+x", "?", "ArrowDown", "Mod+k" (Ctrl or ⌘). Null for what is
 * the browser's, and for a modifier alone. A letter is told by what it types, whatever Caps Lock says; where the keyboard
 * types no Latin letters, by its place.
 */
export function readPress({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Press): string | null {
  if (altKey || (ctrlKey && metaKey) || modifiers.has(key)) return null;
  const letter = readLetter(key, code);
  if (ctrlKey || metaKey) return letter && !shiftKey ? `Mod+${letter}` : null;
  if (letter) return shiftKey ? `Shift+${letter}` : letter;
  return key;
}

const modifiers = new Set([
  "Shift",
  "Control",
  "Meta",
  "Alt",
  "AltGraph",
  "CapsLock",
  "Dead",
  "Process",
  "Unidentified",
]);

function readLetter(key: string, code: string): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const [, placed] = /^Key([A-Z])$/.exec(code) ?? [];
  return placed && /^[^\p{ASCII}\p{Script=Latin}]$/u.test(key) ? placed.toLowerCase() : null;
}

/** Whether a key types a character: these are what can be switched off (WCAG 2.1.4). */
export function typesCharacter(keys: string): boolean {
  const [first = ""] = keys.split(" ");
  return !first.startsWith("Mod+") && (first.length === 1 || first.startsWith("Shift+"));
}

const printed: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

/** A command's keys as they are printed on a keyboard, in the order of pressing: "g", "c" or "Shift", "x" or "⌘", "K". */
export function printKeys(keys: string, mac: boolean): string[] {
  return keys.split(" ").flatMap((press) => {
    const [first = "", ...rest] = press.split("+");
    if (first === "Mod") return [mac ? "⌘" : "Ctrl", ...rest.map((key) => key.toUpperCase())];
    return [printed[first] ?? first, ...rest];
  });
}
