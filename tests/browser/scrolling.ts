import type { CDPSession, Page } from "playwright/test";

/**
 * Tries to scroll with a wheel and with a finger over the sidebar, the body and the bars, and gives what was seen that
 * must not be, one readable line each: the window moved, a bar moved, or a part that scrolls ends in nothing.
 */
export async function findScrolledAway(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  // Letters take their width when their font is there.
  await page.evaluate(() => document.fonts.ready);
  const listMoved = await watchBars(page);
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const found: string[] = [];
  // A wide screen has a wheel, a phone a finger, and what is between may have both.
  const sources = [...(size.width < 768 ? [] : ["mouse" as const]), ...(size.width < 1024 ? ["touch" as const] : [])];
  for (const [place, x, y] of listPlaces(size)) {
    for (const source of sources) {
      await scrollThere(session, source, x, y);
      const moved = await listMoved();
      found.push(...moved.map((line) => `${source} over the ${place}: ${line}`));
      if (moved.length > 0) await page.evaluate(() => window.scrollTo(0, 0));
    }
  }
  await session.detach();
  return [...found, ...(await findEmptyEnds(page))];
}

function listPlaces({ width, height }: { width: number; height: number }): [string, number, number][] {
  const middle = Math.round(width * 0.6);
  return [
    ...(width < 768 ? [] : ([["sidebar", 100, Math.round(height * 0.7)]] as [string, number, number][])),
    ["bar at the top", middle, 12],
    ["body", middle, Math.round(height / 2)],
    ["bar at the bottom", middle, height - 12],
  ];
}

/** Resolves when the gesture is over: down as far as it goes. */
async function scrollThere(session: CDPSession, gestureSourceType: "mouse" | "touch", x: number, y: number) {
  const [yDistance, speed] = [-3000, 60_000];
  await session.send("Input.synthesizeScrollGesture", { x, y, yDistance, speed, gestureSourceType });
}

/** Notes where everything is that is in no part that scrolls. The result lists what has moved since. */
async function watchBars(page: Page): Promise<() => Promise<string[]>> {
  const bars = await page.evaluateHandle(() => {
    const found: { element: Element; x: number; y: number }[] = [];
    const walk = (parent: Element) => {
      for (const element of parent.children) {
        if (!element.checkVisibility()) continue;
        const { x, y } = element.getBoundingClientRect();
        found.push({ element, x, y });
        if (!/auto|scroll/.test(getComputedStyle(element).overflowY)) walk(element);
      }
    };
    walk(document.body);
    return found;
  });
  return () =>
    bars.evaluate((found) => {
      const lines = window.scrollX + window.scrollY > 0 ? [`the window is at ${scrollX}, ${scrollY}`] : [];
      for (const { element, x, y } of found) {
        const now = element.getBoundingClientRect();
        if (!element.isConnected || (Math.abs(now.x - x) < 1 && Math.abs(now.y - y) < 1)) continue;
        const text = (element.textContent ?? "").trim().slice(0, 30);
        lines.push(`${element.tagName} "${text}" went from ${x}, ${y} to ${now.x}, ${now.y}`);
      }
      return lines.slice(0, 3);
    });
}

/** Parts that scroll on after their last content. */
function findEmptyEnds(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
    const clips = (element: Element) => getComputedStyle(element).overflowY !== "visible";
    /** Where the content ends, without what is only for screen readers. */
    const endOf = (part: Element): number =>
      Math.max(
        ...[...part.children].map((child) => {
          const { width, height, bottom } = child.getBoundingClientRect();
          if (!child.checkVisibility() || getComputedStyle(child).clipPath === "inset(50%)") return -Infinity;
          const contents = getComputedStyle(child).display === "contents" || (width > 1 && height > 1);
          if (!contents) return -Infinity;
          return clips(child) ? bottom : Math.max(bottom, endOf(child));
        }),
      );
    const found: string[] = [];
    for (const part of document.querySelectorAll("html, #content, #content *")) {
      if (part.scrollHeight <= part.clientHeight + 1 || (part !== document.documentElement && !scrolls(part))) continue;
      // What is folded is not seen, and a text alone has no parts whose end could be measured.
      if (!part.checkVisibility() || part.matches("textarea, select") || part.children.length === 0) continue;
      const top = part === document.documentElement ? 0 : part.getBoundingClientRect().top + part.clientTop;
      const end = endOf(part) - top + part.scrollTop + Number.parseFloat(getComputedStyle(part).paddingBottom);
      const empty = Math.round(part.scrollHeight - end);
      if (empty > 40 && Number.isFinite(empty))
        found.push(`${part.tagName} "${part.id || part.ariaLabel || part.className}" ends with ${empty} px of nothing`);
    }
    return found;
  });
}
