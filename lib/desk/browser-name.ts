/** Tried in order, because most browsers also name the ones they descend from. */
const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/\b(iPhone|iPod)\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\b(Mac OS X|Macintosh)\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/**
 * A readable browser name from its user agent, such as "Firefox on Windows". It is a guess, good enough to recognise
 * one's own browser. An unknown user agent is shown as it is, shortened.
 */
export function describeBrowser(userAgent: string | null): string {
  if (!userAgent?.trim()) return "Unknown browser";
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = named(browsers);
  const system = named(systems);
  if (browser || system) return [browser ?? "A browser", system].filter(Boolean).join(" on ");
  return userAgent.length > 60 ? `${[...userAgent.slice(0, 120)].slice(0, 58).join("")}…` : userAgent;
}
