import { type LiveRequest, liveHref } from "@/lib/live/href";
import type { News } from "@/lib/live/news";
import { hearNews, updateNews } from "./news";

/** Ms for which a stream may be cut before the page says so; most cuts are over sooner. */
const unsaid = 4_000;
/** Ms for which a tab out of sight goes on listening: a browser allows six connections to a desk, over all its tabs. */
const unseen = 10_000;
/** Ms until a refused stream is asked for again; doubled each time, up to a minute. */
const firstRetry = 5_000;

/**
 * Listens for what happens to what the tab shows, until closed. One stream; out of sight it rests, and when the tab is
 * looked at again it goes on where it was.
 * @param onBehind more has happened than the server remembers: what is on the screen must be loaded anew
 */
export function openStream(request: LiveRequest, onBehind: () => void): { close(): void; after(): number | null } {
  let { after } = request;
  let source: EventSource | null = null;
  let over = false;
  let retry = firstRetry;
  let saying: ReturnType<typeof setTimeout> | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  function open() {
    if (source || over || document.hidden) return;
    source = new EventSource(liveHref({ ...request, after }));
    source.onerror = () => {
      sayCut();
      // Refused, where a cut one is opened again by the browser itself.
      if (source?.readyState === EventSource.CLOSED) {
        rest();
        retrying = setTimeout(open, retry);
        retry = Math.min(retry * 2, 60_000);
      }
    };
    on("ready", sayLive);
    on("beat", sayLive);
    on("trouble", sayCut);
    on("news", (data) => hearNews(data as News));
    on("viewers", (data) => updateNews({ viewers: data as string[] }));
    on("behind", () => {
      sayLive();
      onBehind();
    });
    on("ended", () => {
      close();
      updateNews({ connection: "ended", viewers: [] });
    });
  }

  function on(name: string, hear: (data: unknown) => void) {
    source?.addEventListener(name, (event: MessageEvent<string>) => {
      after = Number(event.lastEventId) || after;
      hear(JSON.parse(event.data));
    });
  }

  function sayLive() {
    retry = firstRetry;
    clearTimeout(saying);
    saying = undefined;
    updateNews({ connection: "live" });
  }

  function sayCut() {
    saying ??= setTimeout(() => updateNews({ connection: "cut", viewers: [] }), unsaid);
  }

  function rest() {
    clearTimeout(retrying);
    source?.close();
    source = null;
  }

  function onVisibility() {
    clearTimeout(resting);
    if (document.hidden) resting = setTimeout(rest, unseen);
    else open();
  }

  function close() {
    over = true;
    for (const timer of [saying, resting, retrying]) clearTimeout(timer);
    rest();
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pagehide", rest);
    window.removeEventListener("pageshow", open);
  }

  document.addEventListener("visibilitychange", onVisibility);
  // Left for another page: some browsers report a stream that is cut then as an error; Back may show this page again.
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", open);
  open();
  return { close, after: () => after };
}
