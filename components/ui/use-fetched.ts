import { useEffect, useEffectEvent, useState } from "react";

/** A part of the JavaScript that is fetched when it is first needed, at most once; asked for again where that failed. */
export function fetchedLater<Part>(fetch: () => Promise<Part>) {
  let fetched: Promise<Part> | undefined;
  const get = () => {
    fetched ??= fetch().catch((error: unknown) => {
      fetched = undefined;
      throw error;
    });
    return fetched;
  };
  /** Begins while the pointer or the focus is still on the way. A failure is met again, and heard, when it is needed. */
  const prepare = () => {
    get().catch(() => undefined);
  };
  return { get, prepare };
}

/** The part once it is there; `onFailure` where it cannot be had, as without a network. */
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
