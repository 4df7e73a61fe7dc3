import type { Page } from "playwright/test";

/** Controls that nobody can get to by scrolling up and down, because they are beside the window or under something. */
export function findUnreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const controls = document.querySelectorAll<HTMLElement>("a, button, input, select, textarea, summary");
    for (const control of controls) {
      const say = (what: string) =>
        found.push(
          `${control.tagName} "${(control.ariaLabel ?? control.textContent ?? "").trim().slice(0, 40)}" ${what}`,
        );
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // Only for screen readers, or shown when it has the focus.
      const { width, height } = control.getBoundingClientRect();
      if (width < 2 || height < 2 || control.matches('[href="#content"], [href="#list"]')) continue;
      // What floats over a list covers another part of it as soon as one scrolls, and at its start only a part of a row.
      const problems = (["center", "end", "start"] as const).map((block) => {
        control.scrollIntoView({ block, inline: "nearest" });
        const { left, right } = control.getBoundingClientRect();
        if (left < -1 || right > innerWidth + 1)
          return `is from ${Math.round(left)} to ${Math.round(right)} px of ${innerWidth}`;
        // A link that goes on in the next line has a box for each line; the middle of both may be other words.
        const line = [...control.getClientRects()].find((box) => box.width > 1) ?? control.getBoundingClientRect();
        const over = [0.5, 0.1, 0.9].map((part) => {
          const there = document.elementFromPoint(
            line.left + line.width * part,
            line.top + Math.min(line.height / 2, 12),
          );
          if (!there) return "is above or below the window";
          if (control.contains(there) || there.contains(control)) return null;
          return `is under ${there.tagName} "${there.className}"`;
        });
        return over.includes(null) ? null : over[0];
      });
      if (problems[0] && !problems.includes(null)) say(problems[0]);
    }
    return found;
  });
}

/** What moves although the person has asked for less motion. */
export function findMotion(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect, playState }) => {
        const { duration, iterations } = effect?.getComputedTiming() ?? {};
        return playState === "running" && (Number(duration) > 1 || iterations === Number.POSITIVE_INFINITY);
      })
      .map(({ effect }) => {
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        return `${target?.tagName} "${target?.className}" moves`;
      }),
  );
}

/** What a colour alone would say where the system has the colours: what is chosen, and where the focus is. */
export async function findUnmarked(page: Page): Promise<string[]> {
  const chosen = await page.evaluate(() => {
    const marks =
      '[aria-current]:not([aria-current="false"]), [aria-pressed="true"], [role="tab"][aria-selected="true"]';
    return [...document.querySelectorAll<HTMLElement>(`${marks}, label:has(> input[type="radio"].sr-only:checked)`)]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).outlineStyle === "none")
      .map(
        (element) => `${element.tagName} "${element.textContent?.slice(0, 40)}" is chosen, and looks like the others`,
      );
  });
  const unfocused: string[] = [];
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press("Tab");
    const unmarked = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return null;
      for (let element: Element | null = focused; element; element = element.parentElement) {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) return null;
      }
      return `${focused.tagName} "${(focused.ariaLabel ?? focused.textContent ?? "").slice(0, 40)}" has the focus, unseen`;
    });
    if (unmarked) unfocused.push(unmarked);
  }
  return [...chosen, ...unfocused];
}

/** Makes all text twice as large, as a browser does that enlarges only text (WCAG 1.4.4). */
export function enlargeText(page: Page): Promise<void> {
  return page.evaluate(() => {
    const sizes = [...document.querySelectorAll<HTMLElement>("body, body *")].map((element) => {
      const { fontSize, lineHeight } = getComputedStyle(element);
      return { element, size: Number.parseFloat(fontSize) * 2, line: Number.parseFloat(lineHeight) * 2 };
    });
    for (const { element, size, line } of sizes) {
      element.style?.setProperty("font-size", `${size}px`);
      if (line > 0) element.style?.setProperty("line-height", `${line}px`);
    }
  });
}
