/** What the visitor left out: null, blank, or the form's own "Not specified", all read as null. */
export function given(stored: string | null): string | null {
  const text = stored?.trim() ?? "";
  return text === "" || text === "Not specified" ? null : text;
}

/** A stored page address as a link: only http and https, never script or data. Null for anything else, a site path included. */
export function pageHref(stored: string): string | null {
  if (!/^https?:\/\//i.test(stored) || !URL.canParse(stored)) return null;
  const url = new URL(stored);
  return url.username || url.password ? null : url.href;
}

/** A browser's name and system out of its user agent ("Firefox on Windows"); what is not recognised is shown shortened. */
export function describeBrowser(userAgent: string): string {
  const browsers: [RegExp, string][] = [
    [/\bEdg(e|A|iOS)?\//, "Edge"],
    [/\b(OPR|Opera)\//, "Opera"],
    [/\bSamsungBrowser\//, "Samsung Internet"],
    [/\b(Firefox|FxiOS)\//, "Firefox"],
    [/\b(Chrome|CriOS|Chromium)\//, "Chrome"],
    [/\bVersion\/.*\bSafari\//, "Safari"],
  ];
  const systems: [RegExp, string][] = [
    [/\bAndroid\b/, "Android"],
    [/\b(iPhone|iPod)\b/, "iPhone"],
    [/\biPad\b/, "iPad"],
    [/\bWindows\b/, "Windows"],
    [/\b(Macintosh|Mac OS X)\b/, "macOS"],
    [/\bCrOS\b/, "ChromeOS"],
    [/\bLinux\b/, "Linux"],
  ];
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser && system) return `${browser} on ${system}`;
  return userAgent.length > 60 ? `${[...userAgent.slice(0, 60)].slice(0, 58).join("")}…` : userAgent;
}
