"use client";
import { useState } from "react";
import { documentWords, fileWords } from "@/lib/documents/words";
import { picturePage } from "./picture-page";

type PictureFrameProps = { id: string; title: string; className: string };

/**
 * A picture in a frame where nothing runs, or a sentence if it is damaged. The browser's own page around a picture needs
 * scripts to fit it; ours does not. It is of our origin, so that the session cookie is sent and the picture can be asked
 * how it went.
 */
export function PictureFrame({ id, title, className }: PictureFrameProps) {
  const [damage, setDamage] = useState<"all" | "part" | null>(null);
  const check = (frame: HTMLIFrameElement) => {
    const picture = frame.contentDocument?.images[0];
    if (!picture) return;
    if (picture.naturalWidth === 0) setDamage("all");
    else picture.decode().catch(() => setDamage("part"));
  };
  return (
    <>
      {damage ? (
        <p role="alert" className="p-1 text-xs text-ink-2">
          {damage === "all" ? fileWords.damaged_picture : documentWords.partOfPicture}
        </p>
      ) : null}
      {damage === "all" ? null : (
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
