import { pressedKey } from "@/components/ui/pressed-key";

type Press = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "keyCode" | "getModifierState"
>;

/**
 * A key press, named as in the table of commands: "j", "Shift+x", "?", "ArrowDown", "Mod+k" (Ctrl or ⌘). Null for a
 * modifier alone, for combinations left to the browser, and for what an input method has taken.
 * A Latin letter is the one that is typed, whatever the place and Caps Lock. Where the layout has another script, or
 * its digits need Shift, the place of the key counts instead (`code` of UI Events): see `readPlace`.
 */
export function readPress(press: Press): string | null {
  const typed = pressedKey(press);
  if (typed === null || modifiers.has(typed)) return null;
  const { code, shiftKey } = press;
  const key = toAscii(typed);
  // AltGr types signs, and on some layouts digits. Windows reports it as Ctrl and Alt together, others not at all.
  if (press.getModifierState("AltGraph")) return key.length === 1 && !isLatinLetter(key) ? key : null;
  if (press.altKey || (press.ctrlKey && press.metaKey)) return null;
  const name = isLatinLetter(key) ? key.toLowerCase() : (readPlace(key, code, shiftKey) ?? key);
  if (press.ctrlKey || press.metaKey) return isLatinLetter(name) && !shiftKey ? `Mod+${name}` : null;
  return isLatinLetter(name) && shiftKey ? `Shift+${name}` : name;
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

const isLatinLetter = (key: string) => /^[a-z]$/i.test(key);

/** A full-width character, or a digit of any script, as the ASCII one. */
function toAscii(key: string): string {
  if (/^[\uFF01-\uFF5E]$/.test(key)) return String.fromCharCode(key.charCodeAt(0) - 0xfee0);
  if (!/^\p{Nd}$/u.test(key)) return key;
  // Unicode has the ten digits of a script in a row.
  let value = 0;
  for (let at = (key.codePointAt(0) ?? 0) - 1; /\p{Nd}/u.test(String.fromCodePoint(at)); at--) value++;
  return String(value % 10);
}

/** What the key at this place is on an American keyboard, where that counts instead of what it typed; else null. */
function readPlace(key: string, code: string, shiftKey: boolean): string | null {
  const [, letter, digit] = /^(?:Key([A-Z])|Digit(\d))$/.exec(code) ?? [];
  const isOtherScript = /^[^\p{ASCII}\p{Script=Latin}]+$/u.test(key);
  if (letter) {
    // With Shift, Thai has signs at places of letters, as ")" at X. Latin layouts have "?" there, and other signs only
    // where no command has a letter with Shift.
    const isShiftedSign = shiftKey && /^[!-~]$/.test(key) && !/[\d/?]/.test(key);
    return isOtherScript || isShiftedSign ? letter.toLowerCase() : null;
  }
  if (digit && !shiftKey && key.length === 1 && !/\d/.test(key)) {
    // French, Czech and others type digits with Shift. BÉPO has "/" at 9, Thai has it at 2 and at its usual place.
    return key === "/" && Number(digit) > 6 ? null : digit;
  }
  if (code === "Slash" && isOtherScript) return shiftKey ? "?" : "/";
  return null;
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
    // The sign itself is a key, too.
    const [first = "", ...rest] = press === "+" ? [press] : press.split("+");
    if (first === "Mod") return [mac ? "⌘" : "Ctrl", ...rest.map((key) => key.toUpperCase())];
    return [printed[first] ?? first, ...rest];
  });
}
