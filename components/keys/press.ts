type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * A key press, named as in the table of commands: "j", "Shift+x", "?", "ArrowDown", "Mod+k" (Ctrl or ⌘). Null for a
 * modifier alone, and for combinations left to the browser. A letter is the one it types, ignoring Caps Lock. On a
 * keyboard without Latin letters, it is the one at that place.
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

/** Whether a key types a character; such keys must be possible to switch off (WCAG 2.1.4). */
export function typesCharacter(keys: string): boolean {
  const [first = ""] = keys.split(" ");
  return !first.startsWith("Mod+") && (first.length === 1 || first.startsWith("Shift+"));
}

const printed: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

/** A command's keys as printed on a keyboard, in the order of pressing: "g", "c" or "Shift", "x" or "⌘", "K". */
export function printKeys(keys: string, mac: boolean): string[] {
  return keys.split(" ").flatMap((press) => {
    const [first = "", ...rest] = press.split("+");
    if (first === "Mod") return [mac ? "⌘" : "Ctrl", ...rest.map((key) => key.toUpperCase())];
    return [printed[first] ?? first, ...rest];
  });
}
