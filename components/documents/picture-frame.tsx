"use client";
import { clsx } from "clsx";
import { useMemo, useRef, useState } from "react";
import { documentWords, fileWords } from "@/lib/documents/words";
import { picturePage } from "./picture-page";
import { growthInFrame } from "./zoom";
import { useZoom, ZoomBar } from "./zoom-bar";

type PictureFrameProps = {
  id: string;
  title: string;
  /** Whether its end is missing. */
  cut: boolean;
  /** The height of its place, and what it looks like. */
  className: string;
};

/**
 * A picture in a frame where nothing runs, or a sentence if it is damaged. The browser's own page around a picture
 * needs scripts to fit it; ours does not. It is of our origin, so that the session cookie is sent and the picture can
 * be asked how it went. Enlarged, the frame is larger than its place and scrolls in it.
 */
export function PictureFrame({ id, title, cut, className }: PictureFrameProps) {
  const [lost, setLost] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const { zoom, steps } = useZoom();
  // The very same page, because a frame that is given another one loads anew.
  const inFrame = useMemo(() => picturePage(id), [id]);
  const check = (frame: HTMLIFrameElement) => setLost(frame.contentDocument?.images[0]?.naturalWidth === 0);
  const grow = (frame: HTMLIFrameElement | null) => {
    const picture = frame?.contentDocument?.images[0];
    if (!picture || !place.current) return;
    const { naturalWidth: width, naturalHeight: height } = picture;
    const { clientWidth, clientHeight } = place.current;
    const growth = growthInFrame({ width, height }, { width: clientWidth, height: clientHeight }, zoom);
    picture.style.transform = growth === 1 ? "" : `scale(${growth})`;
  };
  return (
    <>
      {lost || cut ? (
        <p role="alert" className="p-1 text-xs text-ink-2">
          {lost ? fileWords.damaged_picture : documentWords.partOfPicture}
        </p>
      ) : null}
      {lost ? null : (
        <div className={clsx("flex flex-col", className)}>
          <ZoomBar zoom={zoom} steps={steps} />
          <div ref={place} tabIndex={zoom > 1 ? 0 : undefined} className="grid min-h-0 flex-1 overflow-auto">
            {/* What is done over the picture is for its place. The keys stay with the page, too. */}
            <iframe
              ref={grow}
              srcDoc={inFrame}
              title={title}
              sandbox="allow-same-origin"
              tabIndex={-1}
              style={{ width: `${zoom * 100}%`, height: `${zoom * 100}%` }}
              className="pointer-events-none m-auto"
              onLoad={(event) => check(event.currentTarget)}
            />
          </div>
        </div>
      )}
    </>
  );
}
