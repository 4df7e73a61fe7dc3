/**
 * Runs in the page before everything else (early-keys-script.tsx). It keeps the list's keys that are pressed before the
 * list hears keys, and presses them again, in their order, when the list is awake. It is printed into the page as it
 * stands, so it uses nothing from outside of itself.
 * It keeps only keys that move, select and open. A key that changes a contact is never kept, because nobody could see
 * yet which row is the current one. Any other key ends the keeping: what follows may be meant for something else. The
 * search key works at once, because its field is there already; what is typed into a field stays in the field.
 */
export function keepEarlyKeys(): void {
  const kept: KeyboardEventInit[] = [];
  let ended = false;
  const isField = (element: unknown) =>
    element instanceof Element && element.matches('input:not([type="checkbox"]), textarea, select');
  const keep = (event: KeyboardEvent) => {
    const { key, code, shiftKey, repeat, isComposing, keyCode, target } = event;
    // Where the layout has another script, the place of the key counts, as in press.ts.
    const name = /^[^\x20-\x7e]$/.test(key) ? code : key;
    const isHere = target === document.body || (target instanceof Element && target.closest("[data-list]"));
    if (!event.isTrusted || location.pathname !== "/contacts" || isField(target) || ended) return;
    if (/^(Shift|Control|Alt|Meta|AltGraph|CapsLock)$/.test(key)) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey || isComposing || keyCode === 229;
    const isOfList = /^([jkx]|Key[JKX]|ArrowUp|ArrowDown|Enter|Escape)$/i.test(name);
    if (isHere && isOfList && !modified && !(name === "Enter" && target !== document.body)) {
      kept.push({ key, code, shiftKey, repeat, bubbles: true, cancelable: true });
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    ended = true;
    const search = document.querySelector<HTMLElement>("search input");
    if (!search || !isHere || modified || key !== "/") return;
    event.preventDefault();
    search.focus();
  };
  window.addEventListener("keydown", keep, true);
  window.addEventListener(
    "list-awake",
    async () => {
      // One at a time, because each counts from where the one before has led. More may be kept meanwhile.
      for (const press of kept) {
        await new Promise((resolve) => setTimeout(resolve));
        const focused = document.activeElement ?? document.body;
        if (isField(focused)) break;
        const link = press.key === "Enter" ? focused.closest<HTMLElement>("[data-row-link]") : null;
        if (link) link.click();
        else focused.dispatchEvent(new KeyboardEvent("keydown", press));
      }
      window.removeEventListener("keydown", keep, true);
    },
    { once: true },
  );
}
