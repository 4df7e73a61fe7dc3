import { useEffect, useEffectEvent, useState } from "react";

/** A part of the JavaScript that is loaded once, when first needed. After a failure the next call tries again. */
export function fetchedLater<Part>(fetch: () => Promise<Part>) {
  let fetched: Promise<Part> | undefined;
  const get = () => {
    fetched ??= fetch().catch((error: unknown) => {
      fetched = undefined;
      throw error;
    });
    return fetched;
  };
  /**
   * Starts loading while the pointer or the focus is still on its way. A failure is ignored here, because it is
   * reported when the part is needed.
   */
  const prepare = () => {
    get().catch(() => undefined);
  };
  return { get, prepare };
}

/** The part, once loaded. `onFailure` is called if it cannot be loaded, for example without a network. */
export function useFetched<Part extends object>(
  { get }: { get: () => Promise<Part> },
  needed: boolean,
  onFailure: () => void,
): Part | undefined {
  const [part, setPart] = useState<Part>();
  const failed = useEffectEvent(onFailure);
  useEffect(() => {
    if (!needed || part) return;
    let here = true;
    get().then(
      (fetched) => here && setPart(fetched),
      () => here && failed(),
    );
    return () => {
      here = false;
    };
  }, [get, needed, part]);
  return part;
}
