"use client";
import { useState } from "react";
import { documentWords, fileWords } from "@/lib/documents/words";
import { picturePage } from "./picture-page";

type PictureFrameProps = {
  id: string;
  title: string;
  /** Whether its end is missing. */
  cut: boolean;
  className: string;
};

/**
 * A picture in a frame where nothing runs, or a sentence if it is damaged. The browser's own page around a picture
 * needs scripts to fit it; ours does not. It is of our origin, so that the session cookie is sent and the picture can
 * be asked how it went.
 */
export function PictureFrame({ id, title, cut, className }: PictureFrameProps) {
  const [lost, setLost] = useState(false);
  const check = (frame: HTMLIFrameElement) => setLost(frame.contentDocument?.images[0]?.naturalWidth === 0);
  return (
    <>
      {lost || cut ? (
        <p role="alert" className="p-1 text-xs text-ink-2">
          {lost ? fileWords.damaged_picture : documentWords.partOfPicture}
        </p>
      ) : null}
      {lost ? null : (
        <iframe
          srcDoc={picturePage(id)}
          title={title}
          sandbox="allow-same-origin"
          className={className}
          onLoad={(event) => check(event.currentTarget)}
        />
      )}
    </>
  );
}
