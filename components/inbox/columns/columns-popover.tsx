"use client";
import { clsx } from "clsx";
import { ChevronDown, ChevronUp } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/menu/popover";
import { pressedKey } from "@/components/ui/pressed-key";
import { type ColumnId, columns, type LaidColumn, moveColumn, showColumn } from "@/lib/list/columns";
import { densities } from "@/lib/staff/preferences";
import type { useListChoice } from "./use-list-choice";
import { columnWords } from "./words";

type ColumnsPopoverProps = {
  choice: ReturnType<typeof useListChoice>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that opens it. */
  children: ReactElement;
};

/** Chooses the list's columns, their order and the density. Loaded when first opened. */
export function ColumnsPopover({ choice, open, onOpenChange, children }: ColumnsPopoverProps) {
  const { columns: laid, ofView, setColumns, resetColumns, density, setDensity } = choice;
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);
  function move(id: ColumnId, by: -1 | 1) {
    const moved = moveColumn(laid, id, by);
    if (moved === laid) return;
    setColumns(moved);
    const position = moved.findIndex((each) => each.id === id) + 1;
    setSaid(columnWords.moved(columns[id].label, position, moved.filter(({ shown }) => shown).length));
  }
  function obey(event: KeyboardEvent<Element>, id: ColumnId) {
    const key = pressedKey(event);
    if (key !== "ArrowUp" && key !== "ArrowDown") return;
    event.preventDefault();
    const by = key === "ArrowUp" ? -1 : 1;
    if (event.altKey) return move(id, by);
    const boxes = [...(list.current?.querySelectorAll<Element>("input[type=checkbox]") ?? [])];
    const next = boxes[boxes.indexOf(event.currentTarget) + by];
    if (next instanceof HTMLElement) next.focus();
  }
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
      <PopoverContent align="end" aria-label={columnWords.columns} className="w-72">
        <fieldset className="mb-3 flex rounded-lg border border-line bg-sunk p-0.5">
          <legend className="sr-only">{columnWords.rowHeight}</legend>
          {densities.map((each) => (
            <label
              key={each}
              className={clsx(
                "flex h-6 flex-1 items-center justify-center rounded-md font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent",
                density === each ? "bg-panel text-ink ring-1 ring-line" : "text-ink-2",
              )}
            >
              <input
                type="radio"
                name="list-density"
                checked={density === each}
                onChange={() => setDensity(each)}
                className="sr-only"
              />
              {columnWords.densities[each]}
            </label>
          ))}
        </fieldset>
        <ul ref={list} aria-label={columnWords.list}>
          {laid.map((column) => (
            <ColumnLine
              key={column.id}
              column={column}
              first={column === laid[0]}
              last={!laid[laid.indexOf(column) + 1]?.shown}
              onShow={(shown) => setColumns(showColumn(laid, column.id, shown))}
              onMove={(by) => move(column.id, by)}
              onKeyDown={(event) => obey(event, column.id)}
            />
          ))}
        </ul>
        {ofView ? (
          <p className="mt-2 border-t border-line-soft pt-2 text-[12px] text-ink-2">{columnWords.ofView}</p>
        ) : null}
        <p className="mt-2 flex items-center gap-2 border-t border-line-soft pt-2 text-[12px] text-ink-3">
          {columnWords.keys}
          <Button look="quiet" size="small" className="ml-auto" onClick={resetColumns}>
            {columnWords.reset}
          </Button>
        </p>
        <p role="status" className="sr-only">
          {said}
        </p>
      </PopoverContent>
    </Popover>
  );
}

type ColumnLineProps = {
  column: LaidColumn;
  first: boolean;
  last: boolean;
  onShow: (shown: boolean) => void;
  onMove: (by: -1 | 1) => void;
  onKeyDown: (event: KeyboardEvent<Element>) => void;
};

function ColumnLine({ column: { id, shown }, first, last, onShow, onMove, onKeyDown }: ColumnLineProps) {
  const { label } = columns[id];
  const look = "grid size-6 place-items-center rounded text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-30";
  return (
    <li className="flex h-7 items-center gap-1 rounded-[5px] px-1 hover:bg-hover">
      {/* The contact column can be moved but not hidden, so its check box keeps the focus. */}
      <label htmlFor={`column-${id}`} className="flex h-full min-w-0 flex-1 items-center gap-2">
        <Checkbox
          id={`column-${id}`}
          checked={shown}
          aria-disabled={id === "contact" || undefined}
          onCheckedChange={() => onShow(!shown)}
          onKeyDown={onKeyDown}
        />
        <span className="truncate">{label}</span>
        {id === "contact" ? <span className="text-[12px] text-ink-3">{columnWords.always}</span> : null}
      </label>
      {shown ? (
        <>
          <button
            type="button"
            aria-label={columnWords.forward(label)}
            disabled={first}
            onClick={() => onMove(-1)}
            className={look}
          >
            <ChevronUp size={14} aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label={columnWords.back(label)}
            disabled={last}
            onClick={() => onMove(1)}
            className={look}
          >
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        </>
      ) : null}
    </li>
  );
}
