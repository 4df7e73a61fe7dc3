/** For `lazy`: loads a part once, when it is first shown, or before that by a call. If that fails, it tries again. */
export function loadedLater<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | undefined;
  return () => {
    if (onServer) return load();
    loading ??= loadPatiently(load);
    return loading;
  };
}

/** The same for a part that every page of its kind shows: loading begins as soon as the page's own code runs. */
export function loadedSoon<Part>(load: () => Promise<Part>): () => Promise<Part> {
  const get = loadedLater(load);
  if (!onServer) void get();
  return get;
}

const onServer = typeof window === "undefined";

/** How long to wait before a part is asked for again, in ms. */
const pause = 3_000;

async function loadPatiently<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((again) => setTimeout(again, pause));
    }
  }
}
