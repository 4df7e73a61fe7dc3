"use client";
import type { KeyboardEvent, PointerEvent } from "react";
import { pressedKey } from "@/components/ui/pressed-key";
import { type ColumnId, clampWidth, columns, widest } from "@/lib/list/columns";
import { columnWords } from "./words";

type ColumnEdgeProps = {
  id: ColumnId;
  width: number;
  /** Which edge of its column it is: the one on the side of the contact column, which takes up the difference. */
  side: "left" | "right";
  onWidth: (width: number) => void;
};

/** How far an arrow key moves the edge, in px. */
const step = 16;

/** The edge between two columns, to drag or to move with the arrow keys. A double click restores the default width. */
export function ColumnEdge({ id, width, side, onWidth }: ColumnEdgeProps) {
  const direction = side === "right" ? 1 : -1;
  function drag(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const header = edge.closest("th");
    const from = event.clientX;
    // While dragging, the browser resizes the column by itself. The fifty rows are rendered again only at the end.
    const widthAt = (x: number) => clampWidth(id, width + (x - from) * direction);
    const follow = (moved: globalThis.PointerEvent) => {
      header?.style.setProperty("--width", `${widthAt(moved.clientX)}px`);
    };
    const finish = (ended: globalThis.PointerEvent) => {
      edge.removeEventListener("pointermove", follow);
      edge.removeEventListener("pointerup", finish);
      edge.removeEventListener("pointercancel", finish);
      const reached = ended.type === "pointerup" ? widthAt(ended.clientX) : width;
      header?.style.setProperty("--width", `${reached}px`);
      if (reached !== width) onWidth(reached);
    };
    edge.setPointerCapture(event.pointerId);
    edge.addEventListener("pointermove", follow);
    edge.addEventListener("pointerup", finish);
    edge.addEventListener("pointercancel", finish);
  }
  function obey(event: KeyboardEvent) {
    const wanted = { ArrowLeft: width - step * direction, ArrowRight: width + step * direction, Home: 0, End: widest };
    const key = pressedKey(event);
    if (key === null || !Object.hasOwn(wanted, key)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = clampWidth(id, wanted[key as keyof typeof wanted]);
    if (next !== width) onWidth(next);
  }
  return (
    <hr
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={columnWords.width(columns[id].label)}
      aria-valuenow={width}
      aria-valuemin={columns[id].narrowest}
      aria-valuemax={widest}
      aria-valuetext={columnWords.pixels(width)}
      onPointerDown={drag}
      onDoubleClick={() => onWidth(columns[id].width)}
      onKeyDown={obey}
      className={side === "right" ? "list-edge -right-1" : "list-edge -left-1"}
    />
  );
}
