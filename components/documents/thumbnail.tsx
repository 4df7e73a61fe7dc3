"use client";
import { clsx } from "clsx";
import { useEffect, useRef, useState } from "react";

/** Pixels of a thumbnail's side: two for each of the screen's, for sharp screens. */
const side = 64;

/** The thumbnail before. One comes after the other, so that slow files leave connections for what the person does. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * A document's picture, small, or nothing if it has none. It is drawn, not shown: a picture that moves stands still in a
 * list, and the browser can forget the large one.
 */
export function Thumbnail({ id }: { id: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    let wanted = true;
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      turn = turn.then(async () => {
        if (wanted && (await draw(target, id)) && wanted) setDrawn(true);
      });
    });
    sight.observe(target);
    return () => {
      wanted = false;
      sight.disconnect();
    };
  }, [id]);
  return (
    <canvas
      ref={canvas}
      width={side}
      height={side}
      className={clsx("absolute inset-0 size-full bg-panel", !drawn && "opacity-0")}
    />
  );
}

/** Draws the middle of a document's picture. False if the server gives none, or if it is damaged. */
async function draw(canvas: HTMLCanvasElement, id: string): Promise<boolean> {
  try {
    const picture = new Image();
    picture.src = `/documents/${id}?thumbnail`;
    await picture.decode();
    const { naturalWidth: width, naturalHeight: height } = picture;
    const part = Math.min(width, height);
    const context = canvas.getContext("2d");
    context?.drawImage(picture, (width - part) / 2, (height - part) / 2, part, part, 0, 0, side, side);
    return context !== null && part > 0;
  } catch {
    return false;
  }
}
