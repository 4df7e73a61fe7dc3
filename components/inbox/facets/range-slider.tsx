"use client";
import { Slider } from "radix-ui";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Handles, Histogram } from "@/lib/filter/histograms";
import { facetWords } from "./words";

/** How long no key is pressed, in ms, before the list follows: who goes ten steps waits for one list. */
const pause = 400;

type RangeSliderProps = {
  /** The field's name. */
  label: string;
  /** The range in words. */
  text: string;
  histogram: Histogram;
  handles: Handles;
  onMove: (handles: Handles) => void;
  /** The range is chosen: a handle was let go of, or no key follows. */
  onChoose: (handles: Handles) => void;
};

/** Two handles that choose a range of numbers. */
export function RangeSlider({ label, text, histogram, handles, onMove, onChoose }: RangeSliderProps) {
  const { most, step, orMore } = histogram;
  const byPointer = useRef(false);
  const [waiting, setWaiting] = useState<Handles | null>(null);
  const choose = useEffectEvent((chosen: Handles) => {
    setWaiting(null);
    onChoose(chosen);
  });
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => choose(waiting), pause);
    return () => clearTimeout(timer);
  }, [waiting]);
  const say = (number: number) => (orMore && number === most ? facetWords.orMore(most) : String(number));
  return (
    <Slider.Root
      role="group"
      aria-label={facetWords.rangeChosen(label, text)}
      className="range-slider"
      max={most}
      step={step}
      value={handles}
      onPointerDown={() => {
        byPointer.current = true;
        setWaiting(null);
      }}
      onLostPointerCapture={() => {
        byPointer.current = false;
      }}
      onValueChange={(moved) => onMove(toHandles(moved, most))}
      onValueCommit={(moved) => {
        const chosen = toHandles(moved, most);
        if (byPointer.current) onChoose(chosen);
        else setWaiting(chosen);
      }}
      onBlur={() => {
        if (!waiting) return;
        setWaiting(null);
        onChoose(waiting);
      }}
    >
      <Slider.Track className="range-track" data-paint="block">
        <Slider.Range className="range-chosen" />
      </Slider.Track>
      <Slider.Thumb aria-label={facetWords.least(label)} aria-valuetext={say(handles[0])} className="range-handle" />
      <Slider.Thumb aria-label={facetWords.most(label)} aria-valuetext={say(handles[1])} className="range-handle" />
    </Slider.Root>
  );
}

function toHandles([from = 0, to = from]: number[], most: number): Handles {
  return [Math.max(0, from), Math.min(most, to)];
}
