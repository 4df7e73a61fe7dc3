import { type LiveRequest, liveHref } from "@/lib/live/href";
import type { News } from "@/lib/live/news";
import { hearNews, updateNews } from "./news";

/** How long a stream may be interrupted before the page says so, in ms; most interruptions are shorter. */
const unsaid = 4_000;
/** How long a hidden tab keeps listening, in ms. A browser allows six connections to a desk, over all its tabs. */
const unseen = 10_000;
/** The first delay before a refused stream is retried, in ms; doubled each time, up to a minute. */
const firstRetry = 5_000;

/**
 * Listens for changes to what the tab shows, until closed. It is a single stream, which is closed in a hidden tab. When
 * the tab is visible again, it continues where it stopped.
 * @param onBehind called if more has happened than the server remembers, so that the screen must be reloaded
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
      // The stream was refused; the browser itself reconnects one that was only cut.
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
    on("presence", (data) => updateNews({ present: data as string[] }));
    on("behind", () => {
      sayLive();
      onBehind();
    });
    on("ended", () => {
      close();
      updateNews({ connection: "ended", present: [] });
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
    saying ??= setTimeout(() => updateNews({ connection: "cut", present: [] }), unsaid);
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
  // When the page is left, some browsers report the cut stream as an error. Back may show this page again.
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", open);
  open();
  return { close, after: () => after };
}
