/** What tells which key was pressed, of the browser's event. */
type Native = Pick<KeyboardEvent, "key" | "isComposing" | "keyCode">;

/**
 * The key of a press, or null if an input method has it. Enter then accepts a word, Escape drops it, and the arrows
 * choose another: the page must do nothing. Every listener for keys reads the key through this
 * (tests/unit/keys/key-listeners.test.ts).
 * By UI Events, `isComposing` says so. Safari has ended the composition before it sends the press that ended it, so
 * there only 229 does, the key code of whatever an input method has taken.
 */
export function pressedKey(event: Native | { nativeEvent: Native }): string | null {
  const { key, isComposing, keyCode } = "nativeEvent" in event ? event.nativeEvent : event;
  return isComposing || keyCode === 229 ? null : key;
}

/** Keeps a dialog open if Escape only drops what an input method has composed; for `onEscapeKeyDown` of Radix. */
export function stayWhileComposing(event: KeyboardEvent): void {
  if (pressedKey(event) === null) event.preventDefault();
}
