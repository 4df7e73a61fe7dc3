"use client";
import { Suspense, use, useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog/dialog";
import { Checkbox } from "@/components/ui/form/checkbox";
import { countOf, formatCount } from "@/lib/desk/wording";
import { type ColumnKey, columnKeys, defaultColumns, exportColumns } from "@/lib/export/columns";
import { exportHref } from "@/lib/export/request";
import { type ContactFilter, hasConditions } from "@/lib/filter/filter";

type Matching = Promise<{ ok: true; value: { count: number; exact: boolean } } | { ok: false }>;
export type ExportProps = { filter: ContactFilter; matching: Matching };

/** Chooses the columns and shows how many rows the file will have. Loaded when first opened. */
export function ExportContent({ filter, matching }: ExportProps) {
  const [chosen, setChosen] = useState<readonly ColumnKey[]>(defaultColumns);
  const columns = columnKeys.filter((key) => chosen.includes(key));
  return (
    <DialogContent
      title="Export contacts"
      description={
        <>
          <Suspense fallback="The contacts">
            <Rows matching={matching} />
          </Suspense>{" "}
          {hasConditions(filter) ? "that match the filter" : "of the desk"}, in the order of the list, as a CSV file.
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Groups chosen={chosen} onChoose={setChosen} />
        <div className="sticky -bottom-5 -mb-5 flex items-center gap-2 bg-panel pb-5">
          <Button look="quiet" onClick={() => setChosen(columnKeys)}>
            All columns
          </Button>
          <Button look="quiet" onClick={() => setChosen([])}>
            None
          </Button>
          <span className="ml-auto" />
          {columns.length > 0 ? (
            <DialogClose asChild>
              <Button look="primary" asChild>
                {/* A new tab, which closes again if a file comes, and otherwise shows the error. */}
                <a href={exportHref({ filter, columns })} target="_blank" rel="noreferrer">
                  Download
                </a>
              </Button>
            </DialogClose>
          ) : (
            <Button look="primary" disabled>
              Choose a column
            </Button>
          )}
        </div>
      </div>
    </DialogContent>
  );
}

function Rows({ matching }: { matching: Matching }) {
  const counted = use(matching);
  if (!counted.ok) return "The contacts";
  const { count, exact } = counted.value;
  if (!exact) return `More than ${formatCount(count)} contacts`;
  return countOf(count, "contact");
}

type GroupsProps = { chosen: readonly ColumnKey[]; onChoose: (chosen: ColumnKey[]) => void };

function Groups({ chosen, onChoose }: GroupsProps) {
  const groups = [...new Set(columnKeys.map((key) => exportColumns[key].group))];
  return groups.map((group) => (
    <fieldset key={group}>
      <legend className="mb-1.5 font-medium text-ink-2">{group}</legend>
      <div className="grid grid-cols-2 gap-x-4">
        {columnKeys
          .filter((key) => exportColumns[key].group === group)
          .map((key) => (
            <label key={key} htmlFor={`export-${key}`} className="flex min-h-7 items-center gap-2">
              <Checkbox
                id={`export-${key}`}
                checked={chosen.includes(key)}
                onCheckedChange={(checked) =>
                  onChoose(checked ? [...chosen, key] : chosen.filter((each) => each !== key))
                }
              />
              {exportColumns[key].label}
            </label>
          ))}
      </div>
    </fieldset>
  ));
}
